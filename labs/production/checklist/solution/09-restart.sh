# why: It starts again after a crash and with the Engine, unless somebody stopped it on purpose.
sed -i 's#^    init: true#&\n    restart: unless-stopped#' compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
