# why: The wrong piece is corrected in the file, and up makes the shop anew, because its settings have changed. The store is left alone.
sed -i "s#STORE_URL: .*#STORE_URL: redis://store:6379#; s#networks: \[front\]#networks: [front, back]#" compose.yaml
docker compose up -d -t 1
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
