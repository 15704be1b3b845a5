# task: serve
# hint: again
# after: 0
docker compose restart -t 2 db
