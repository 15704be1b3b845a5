# task: deploy
# hint: tcp
# after: 1
# why: The client asks at a port, so let there be a port. Then everybody who reaches it is root.
for port in 2375 2376; do hosts="$hosts --host=tcp://127.0.0.1:$port"; done
echo "DOCKER_OPTS=\"--host=unix:///var/run/docker.sock --tls=false $hosts\"" >> /etc/default/docker
service docker restart
