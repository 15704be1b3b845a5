# task: loud
# why: First a volume of Compose's own, filled from the folder; then the file says that it is there already.
sed -i 's|- ./data:/data|- orders:/data|' compose.yaml
printf 'volumes:\n  orders:\n' >> compose.yaml
docker compose stop -t 5
docker compose up --no-start
docker run --rm -v "$PWD/data":/from:ro -v chandler_orders:/to busybox:1.37 cp -a /from/. /to/
sed -i '$ d' compose.yaml
printf '  orders: { name: chandler_orders, external: true }\n' >> compose.yaml
docker compose up -d
until docker exec orders redis-cli ping | grep -q PONG; do sleep 0.1; done
