# task: restored
# hint: volume
# after: 2
# node: node2
# why: It works, and is not what the other machine has.
mkdir data && nc -d node1 9000 | tar -xz -C data
docker run -d --name db -v "$PWD/data":/var/lib/postgresql/data postgres:17-trixie
until docker exec db pg_isready -q -h 127.0.0.1; do sleep 0.2; done
