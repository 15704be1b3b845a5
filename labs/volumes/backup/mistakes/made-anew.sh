# task: back
# hint: rows
# after: 1
# why: From memory, and with a mistyped volume.
docker rm db
docker run -d --name db -e POSTGRES_PASSWORD=harbour -e POSTGRES_INITDB_ARGS=--no-sync -v berth:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
