# task: connected
# hint: data
# after: 1
docker compose down -v -t 1
sed -i "s#STORE_URL: .*#STORE_URL: redis://store:6379#; s#networks: \[front\]#networks: [front, back]#" compose.yaml
docker compose up -d
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
