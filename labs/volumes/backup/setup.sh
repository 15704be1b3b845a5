# A database that has been in use for a while; one row in it is nobody else's.
docker run -d --name db -e POSTGRES_PASSWORD=harbour -e POSTGRES_INITDB_ARGS=--no-sync -v berths:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
docker exec -i db psql -qU postgres <<SQL
CREATE TABLE berths (id integer PRIMARY KEY, ship text NOT NULL);
INSERT INTO berths SELECT n, 'ship ' || n FROM generate_series(1, 400) AS n;
INSERT INTO berths VALUES (401, 'registered as ${LAB_TOKEN:-a stranger}');
SQL
