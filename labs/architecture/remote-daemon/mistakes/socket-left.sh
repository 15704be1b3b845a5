# task: tls
# hint: socket
# after: 0
# node: node2
sh certificates.sh node2
echo '{ "hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true, "tlscacert": "/root/bridge/server/ca.pem", "tlscert": "/root/bridge/server/cert.pem", "tlskey": "/root/bridge/server/key.pem" }' > /etc/docker/daemon.json
service docker restart
until ss -Hltn | grep -q ':2376 '; do sleep 0.1; done
