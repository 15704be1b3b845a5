# why: Each container has a small parent of its own, the shim, which does not need the daemon. With live-restore the daemon leaves both alone as it goes, and finds them again when it comes back.
echo '{ "live-restore": true }' > /etc/docker/daemon.json
# This setting can be read anew without a restart, so that already this restart spares the container.
kill -HUP "$(cat /run/docker.pid)"
until docker info -f '{{.LiveRestoreEnabled}}' | grep -q true; do sleep 0.1; done
docker start buoy
service docker restart
docker ps
