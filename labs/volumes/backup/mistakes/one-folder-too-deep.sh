# task: restored
# hint: logs
# after: 2
# node: node2
# why: An archive that is unpacked beside the place, not into it.
nc -d node1 9000 > berths.tar.gz
docker run --rm -i -v berths:/data busybox:1.37 sh -c 'mkdir /data/berths && tar -xzf - -C /data/berths' < berths.tar.gz
docker run -d --name db -e POSTGRES_PASSWORD=harbour -e POSTGRES_INITDB_ARGS=--no-sync -v berths:/var/lib/postgresql/data postgres:17-trixie
sleep 1
