# task: restart
# hint: reboot
# after: 0
sed -i 's#^    init: true#&\n    restart: on-failure#' compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
