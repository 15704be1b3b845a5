# task: connected
# hint: file
# after: 1
# why: The shop is what the file says; that the store can be found is not.
sed -i "s#STORE_URL: .*#STORE_URL: redis://store:6379#; s#networks: \[front, back\]#networks: [front]#" compose.yaml
docker compose up -d -t 1
docker network connect --alias store chandler_front "$(docker compose ps -q store)"
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
