# node: node2
# why: The order is the point: an empty volume, the files, and then the database, which finds them and makes no new one. A password is not asked for, because it is in the data already.
nc -d node1 9000 > berths.tar.gz
docker run --rm -i -v berths:/data busybox:1.37 tar -xzf - -C /data < berths.tar.gz
docker run -d --name db -v berths:/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
docker exec db psql -U postgres -c 'SELECT count(*) FROM berths'
