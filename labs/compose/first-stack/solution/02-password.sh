# why: The file goes into git and the password does not. Compose fills it in when it reads the file, and `.env` stays on the machine.
echo DB_PASSWORD=seagull > .env
sed -i 's/: seagull/: ${DB_PASSWORD}/' compose.yaml
docker compose up -d
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
