# why: The name is looked up when it is needed, so the container behind it may be replaced. The restart is there because the mount holds on to the old file.
sed -i 's/127\.0\.0\.1:9000/shelf:9000/' front.conf
docker restart -t 2 front
