# task: connected
# hint: file
# after: 1
# why: The shop keeps the port on which nobody listened, and somebody listens there now, until the container starts anew.
sed -i "s#STORE_URL: .*#STORE_URL: redis://store:6380#; s#networks: \[front\]#networks: [front, back]#" compose.yaml
docker compose up -d -t 1
docker compose exec -T store redis-server --port 6380 --protected-mode no --daemonize yes
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
