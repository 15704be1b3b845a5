# task: outlive
# hint: setting
# after: 0
# why: It runs afterwards, but it is another process: it ended with the daemon and was started anew.
docker update --restart always buoy
service docker restart
