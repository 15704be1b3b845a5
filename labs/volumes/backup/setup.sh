# A database that has been in use for a while; one row in it is nobody else's. It is filled at its first start, from this file.
mkdir -p /srv/harbour
cat > /srv/harbour/berths.sql <<SQL
CREATE TABLE berths (id integer PRIMARY KEY, ship text NOT NULL);
INSERT INTO berths SELECT n, 'ship ' || n FROM generate_series(1, 400) AS n;
INSERT INTO berths VALUES (401, 'registered as ${LAB_TOKEN}');
SQL
docker run -d --name db -e POSTGRES_PASSWORD=harbour -e POSTGRES_INITDB_ARGS=--no-sync \
  -v berths:/var/lib/postgresql/data -v /srv/harbour:/docker-entrypoint-initdb.d:ro postgres:17-trixie
# On a busy machine it takes longer than anybody should wait for a prompt.
end=$((SECONDS + 30))
until docker exec db pg_isready -q -h 127.0.0.1 || [ $SECONDS -ge $end ]; do sleep 0.2; done
