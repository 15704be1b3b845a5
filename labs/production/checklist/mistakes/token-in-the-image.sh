# task: secret
# hint: image
# after: 2
# why: Out of the compose file, into the Dockerfile.
sed -i "s/^CMD/ENV API_TOKEN=$LAB_TOKEN\n&/" Dockerfile
sed -i 's/API_TOKEN: .*/NOTHING: here/' compose.yaml
docker compose up -d -t 1 --build
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
