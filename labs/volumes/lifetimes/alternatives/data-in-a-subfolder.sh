# task: again
# why: Named as people name things: a database and a user of one's own, the data in a folder within the volume; the second container is told less, because all that is in the data.
docker rm -f db && docker volume rm ledger
docker run -d --name db -e POSTGRES_PASSWORD=harbour -e POSTGRES_DB=harbour -e PGDATA=/srv/pg/data --mount type=volume,src=ledger,dst=/srv/pg postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
docker exec -i db psql -U postgres -d harbour < ships.sql
docker rm -f db
docker run -d --name db -e PGDATA=/srv/pg/data -v ledger:/srv/pg postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
