# why: A container begins as settings that the daemon writes down. With -d curl sends a POST, and the answer is the id of what was made.
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' \
  -d '{"Image": "busybox:1.37", "Cmd": ["echo", "counted"]}' \
  'http://localhost/containers/create?name=tally' > created.json
cat created.json
