# task: restored
# node: node2
# why: The volume at a place of one's own, filled through the container that is to run; the Engine keeps the owners.
docker create --name db -e PGDATA=/srv/pg -v berths:/srv/pg postgres:17-trixie
nc -d node1 9000 | gunzip | docker cp -a - db:/srv/pg
docker start db
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
