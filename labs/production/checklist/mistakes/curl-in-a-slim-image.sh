# task: health
# hint: sick
# after: 0
sed -i 's#^    init: true#&\n    healthcheck: { test: curl -f http://localhost:8000, interval: 1s, retries: 1 }#' compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
