# task: password
# hint: env
# after: 1
# why: Exported in this shell; tomorrow's knows nothing of it.
sed -i 's/: seagull/: ${DB_PASSWORD}/' compose.yaml
export DB_PASSWORD=seagull
docker compose up -d
