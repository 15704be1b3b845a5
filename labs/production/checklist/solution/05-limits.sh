# why: The figures come from a look at docker stats under load, with room to breathe. Without them the machine is the limit.
sed -i 's#^    init: true#&\n    mem_limit: 256m\n    pids_limit: 100#' compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
