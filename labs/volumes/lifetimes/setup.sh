# A container to write into. Its id is noted, because a name can be given to another.
docker run -d --name pad --init busybox:1.37 sleep 86400 > /var/lib/quay.pad
