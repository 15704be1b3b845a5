# why: rm takes the container and its writable layer. The volume stays, and the new container finds a database in it and makes none.
docker stop db
docker rm db
docker run -d --name db -e POSTGRES_PASSWORD=harbour -v ledger:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
docker exec db psql -U postgres -c 'SELECT * FROM ships'
