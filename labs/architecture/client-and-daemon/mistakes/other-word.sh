# task: start
# hint: failed
# after: 3
# why: It ran and ended well, and printed something else.
docker rm tally
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image": "busybox:1.37", "Cmd": ["echo", "hello"]}' 'http://localhost/containers/create?name=tally' > created.json
curl -s -X POST --unix-socket /var/run/docker.sock http://localhost/containers/tally/start
