# task: archive
# hint: empty
# after: 0
docker stop db
docker run --rm -v berth:/data:ro -v "$PWD":/backup busybox:1.37 tar -czf /backup/berths.tar.gz -C /data .
