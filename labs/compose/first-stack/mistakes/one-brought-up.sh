# task: limits
# hint: file
# after: 3
# why: All three have a policy in the file; two of them still run as they were made.
sed -i 's/^    image: .*/&\n    restart: unless-stopped/; s/^    image: postgres.*/&\n    mem_limit: 256m/' compose.yaml
docker compose up -d -t 1 db
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
