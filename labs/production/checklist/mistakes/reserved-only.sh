# task: limits
# hint: both
# after: 0
# why: A reservation is a wish, not a limit.
sed -i 's#^    init: true#&\n    mem_reservation: 128m#' compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
