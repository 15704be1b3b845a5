# task: start
# hint: failed
# after: 3
# why: A command in one string is the name of one program.
docker rm tally
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image": "busybox:1.37", "Cmd": ["echo counted"]}' 'http://localhost/containers/create?name=tally' > created.json
curl -s -X POST --unix-socket /var/run/docker.sock http://localhost/containers/tally/start
