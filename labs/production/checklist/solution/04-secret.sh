# why: The token lies in a file that Compose mounts below /run/secrets. The environment holds the name of the file, which is no secret.
grep -o '[0-9a-f]*$' .env > token.txt
sed -i 's#API_TOKEN: .*#API_TOKEN_FILE: /run/secrets/api_token#; s#^    init: true#&\n    secrets: [api_token]#' compose.yaml
printf '\nsecrets:\n  api_token:\n    file: ./token.txt\n' >> compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
