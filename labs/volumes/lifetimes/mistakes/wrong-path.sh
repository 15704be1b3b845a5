# task: database
# hint: path
# after: 1
docker run -d --name db -e POSTGRES_PASSWORD=harbour -v ledger:/data postgres:17-trixie
