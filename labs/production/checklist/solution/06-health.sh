# why: It asks for a page as users do, with the interpreter that is there anyway. Compose, Swarm and load balancers can wait for it; the Engine alone only shows it.
sed -i "s#^    init: true#&\n    healthcheck: { test: [CMD, python, -c, \"import urllib.request as r; r.urlopen('http://127.0.0.1:8000', timeout=2)\"], interval: 1s, timeout: 5s }#" compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
until docker compose ps | grep -q '(healthy)'; do sleep 0.2; done
