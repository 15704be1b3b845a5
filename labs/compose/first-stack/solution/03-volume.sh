# why: A volume with a name outlives `down`, and the next `up` finds it again by that name. One without belongs to its container.
sed -i 's/^  cache:/    volumes:\n      - guests:\/var\/lib\/postgresql\/data\n  cache:/' compose.yaml
printf 'volumes:\n  guests:\n' >> compose.yaml
docker compose up -d
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
