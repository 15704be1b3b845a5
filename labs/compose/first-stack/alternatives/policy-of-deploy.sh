# task: limits
# why: The restart policy where Swarm reads it, and the limit in the older form: Compose takes both.
sed -i 's/^    image: .*/&\n    deploy: { restart_policy: { condition: any } }/; s/^    image: postgres.*/&\n    mem_limit: 200m/' compose.yaml
docker compose up -d -t 1
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080/health
