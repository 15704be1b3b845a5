# task: again
# hint: same
# after: 3
docker rm -f db
docker run -d --name db -e POSTGRES_PASSWORD=harbour -v ledgers:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
