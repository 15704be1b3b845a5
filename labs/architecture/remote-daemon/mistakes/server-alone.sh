# task: tls
# hint: verify
# after: 0
# node: node2
# why: The certificate of the client gave an error, so it was switched off.
sh certificates.sh node2
echo '{ "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2376"], "tlsverify": false, "tlscert": "/root/bridge/server/cert.pem", "tlskey": "/root/bridge/server/key.pem" }' > /etc/docker/daemon.json
service docker restart
# A daemon that listens to anybody pauses with a warning before it answers.
until docker version >/dev/null 2>&1; do sleep 0.1; done
