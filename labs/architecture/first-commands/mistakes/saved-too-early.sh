# task: log
# hint: real
# after: 4
docker logs web > web.log
curl -sS http://localhost:8080/treasure
