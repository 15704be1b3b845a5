# Something to lose when the daemon goes.
docker run -d --name buoy --init busybox:1.37 sleep 86400
