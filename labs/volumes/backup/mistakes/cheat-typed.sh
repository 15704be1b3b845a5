# task: restored
# hint: order
# after: 2
# node: node2
# why: The right number of rows, made up.
docker run -d --name db -e POSTGRES_PASSWORD=harbour -e POSTGRES_INITDB_ARGS=--no-sync -v berths:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
docker exec db psql -qU postgres -c 'CREATE TABLE berths (id integer PRIMARY KEY, ship text)' -c "INSERT INTO berths SELECT n, 'ship ' || n FROM generate_series(1, 401) AS n"
