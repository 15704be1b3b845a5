# task: restored
# hint: where
# after: 0
docker compose restart -t 1
