# task: logs
# hint: output
# after: 0
# why: The output is bounded, and the log goes elsewhere.
sed -i 's#^    init: true#&\n    logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }#' compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
