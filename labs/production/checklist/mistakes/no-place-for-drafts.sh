# task: readonly
# hint: tmp
# after: 0
sed -i 's#^    init: true#&\n    read_only: true#' compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
