# task: password
# hint: same
# after: 1
# why: A better password, for a database that was made with the old one.
echo DB_PASSWORD=albatross > .env
sed -i 's/: seagull/: ${DB_PASSWORD}/' compose.yaml
docker compose up -d
curl -sS --retry 30 --retry-delay 1 --retry-connrefused http://localhost:8080/health
