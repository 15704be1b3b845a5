# task: health
# hint: check
# after: 0
# why: The failure of the check is swallowed by the check.
sed -i 's#^    init: true#&\n    healthcheck: { test: "curl -f http://localhost:8000 || true", interval: 1s }#' compose.yaml
docker compose up -d -t 1 --build
