# task: database
# hint: password
# after: 1
docker run --name db -v ledger:/var/lib/postgresql/data postgres:17-trixie || true
