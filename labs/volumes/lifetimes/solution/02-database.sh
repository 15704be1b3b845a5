# why: A named volume is a folder that Docker keeps outside of every container, under a name that one can find again. TCP answers only once the first start is over, so that is what is asked for.
docker run -d --name db -e POSTGRES_PASSWORD=harbour -v ledger:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.3; done
