# task: private
# hint: published
# after: 2
sed -i 's/    image: redis:8.0/&\n    ports: ["6379:6379"]/' compose.yaml
docker compose up -d -t 1
curl -sS --retry 20 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
