# why: A program in a container logs to its output and leaves the rest to the Engine; the Engine keeps three files of 10 MB.
sed -i '/LOG_FILE/d' compose.yaml
sed -i 's#^    init: true#&\n    logging: { driver: json-file, options: { max-size: 10m, max-file: \"3\" } }#' compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
