# task: archive
# hint: hot
# after: 0
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
docker run --rm -v berths:/data:ro -v "$PWD":/backup busybox:1.37 tar -czf /backup/berths.tar.gz -C /data .
