# task: answers
# hint: token
# after: 4
chmod 600 token.txt
docker compose restart -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
