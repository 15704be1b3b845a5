# task: create
# hint: post
# after: 2
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image": "busybox:1.37", "Cmd": ["echo", "counted"]}' http://localhost/containers/create > created.json
