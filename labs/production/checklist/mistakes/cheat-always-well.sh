# task: health
# hint: check
# after: 0
# why: Healthy, whatever happens.
sed -i 's#^    init: true#&\n    healthcheck: { test: [CMD, "true"], interval: 1s }#' compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
until docker compose ps | grep -q '(healthy)'; do sleep 0.2; done
