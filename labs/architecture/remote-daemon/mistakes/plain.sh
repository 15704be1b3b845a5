# task: tls
# hint: plain
# after: 0
# node: node2
# why: The line that old tutorials give.
echo '{ "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"] }' > /etc/docker/daemon.json
service docker restart
