# task: outlive
# hint: again
# after: 0
# why: The daemon that stops does not know of the setting yet, so buoy goes with it.
echo '{ "live-restore": true }' > /etc/docker/daemon.json
service docker restart
