# task: secret
# hint: environment
# after: 3
# why: Out of the environment of the container, and into its command.
sed -i "/API_TOKEN:/d; s#^    init: true#&\n    command: sh -c 'API_TOKEN=\${API_TOKEN} exec python app.py'#" compose.yaml
docker compose up -d -t 1
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
