# task: user
# hint: user
# after: 0
# why: The Dockerfile says so, and nobody has built from it.
sed -i 's/^CMD/USER 10001\n&/' Dockerfile
docker compose up -d -t 1 --force-recreate
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
