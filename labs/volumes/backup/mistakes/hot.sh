# task: archive
# hint: hot
# after: 0
docker run --rm -v berths:/data:ro -v "$PWD":/backup busybox:1.37 tar -czf /backup/berths.tar.gz -C /data .
