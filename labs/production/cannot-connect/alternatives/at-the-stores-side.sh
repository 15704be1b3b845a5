# task: connected
# why: The shop stays as it is, and the store is where the shop looks for it; and a container of `compose run` was left behind.
case $LAB_CAUSE in
network) sed -i 's/^    networks: \[back\]/    networks: [front, back]/' compose.yaml ;;
name) sed -i 's/^    networks: \[back\]/    networks: { back: { aliases: [warehouse] } }/' compose.yaml ;;
port) sed -i 's/^    image: redis:8.0/&\n    command: redis-server --port 6380/' compose.yaml ;;
localhost) sed -i 's/^    networks: \[back\]/    network_mode: service:shop/' compose.yaml ;;
esac
docker compose up -d -t 1
docker compose run --no-deps shop getent hosts shop
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
