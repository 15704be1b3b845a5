# task: secret
# hint: environment
# after: 3
# why: Another name is no other place.
sed -i 's/API_TOKEN: .*/&\n      PUBLIC_INFO: ${API_TOKEN}/' compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
