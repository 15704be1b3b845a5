# task: clean
# hint: layer
# after: 1
sed -i 's/^COPY . .*/&\nRUN rm -rf .env .git/' Dockerfile
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
