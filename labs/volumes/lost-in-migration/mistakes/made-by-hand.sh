# task: loud
# hint: volume
# after: 1
# why: The volume was made by hand, and the file does not say so: on the next machine, Compose makes it.
docker compose stop -t 5
docker volume create orders
docker run --rm -v "$PWD/data":/from:ro -v orders:/to busybox:1.37 cp -a /from/. /to/
sed -i 's|- ./data:/data|- orders:/data|' compose.yaml
printf 'volumes:\n  orders: { name: orders }\n' >> compose.yaml
docker compose up -d
until docker exec orders redis-cli ping | grep -q PONG; do sleep 0.1; done
