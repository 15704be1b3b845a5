# task: limits
# hint: file
# after: 3
# why: All is as it should be, until somebody brings the file up elsewhere.
docker update --memory 200m --memory-swap 200m $(docker compose ps -q db)
docker update --restart unless-stopped $(docker compose ps -q)
