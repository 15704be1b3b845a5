# task: again
# hint: lost
# after: 3
# why: The rows are there, and they are not the ones that were kept.
docker rm -f db
docker volume rm ledger
docker run -d --name db -e POSTGRES_PASSWORD=harbour -v ledger:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
docker exec -i db psql -U postgres < ships.sql
