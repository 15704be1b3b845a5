# task: volume
# hint: path
# after: 2
sed -i 's/^  cache:/    volumes:\n      - guests:\/data\n  cache:/' compose.yaml
printf 'volumes:\n  guests:\n' >> compose.yaml
docker compose up -d
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
