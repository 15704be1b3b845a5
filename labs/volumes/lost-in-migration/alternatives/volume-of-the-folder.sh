# task: loud
# why: A volume that is made of the folder cannot be mounted where the folder is missing.
sed -i 's|- ./data:/data|- orders:/data|' compose.yaml
printf 'volumes:\n  orders:\n    driver_opts: { type: none, o: bind, device: "${PWD}/data" }\n' >> compose.yaml
docker compose up -d
until docker exec orders redis-cli ping | grep -q PONG; do sleep 0.1; done
