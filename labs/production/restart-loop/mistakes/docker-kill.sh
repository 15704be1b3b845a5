# task: crash
# hint: kill
# after: 2
docker kill gate
docker start gate
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
