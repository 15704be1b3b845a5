# task: ready
# hint: never
# after: 1
# why: The whole command in one word: no such program, so the check can never succeed.
sed -i 's/^    depends_on:/    depends_on: { db: { condition: service_healthy } }/; /^      - db$/d' compose.yaml
sed -i 's/^  db:/  db:\n    healthcheck: { test: ["CMD", "pg_isready -h 127.0.0.1 -U postgres"], start_period: 30s, interval: 1s, retries: 3 }/' compose.yaml
docker compose config -q
