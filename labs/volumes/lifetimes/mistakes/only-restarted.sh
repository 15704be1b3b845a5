# task: again
# hint: remove
# after: 3
docker restart db
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
