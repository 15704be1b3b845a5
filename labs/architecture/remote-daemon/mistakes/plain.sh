# task: tls
# hint: plain
# after: 0
# node: node2
# why: The line that old tutorials give.
echo '{ "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"] }' > /etc/docker/daemon.json
service docker restart
# A daemon that listens to anybody pauses with a warning before it answers.
until docker version >/dev/null 2>&1; do sleep 0.1; done
