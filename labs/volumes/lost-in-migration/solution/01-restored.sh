# node: node2
# why: A bind mount is a folder of one host, and this is the host. The append-only file of Redis is the list of commands that made the data, so it can be played into the new database, beside what is there already; nothing is stopped and nothing replaced.
address=$(getent ahostsv4 node1 | awk 'NR == 1 { print $1 }')
docker run --rm -i --add-host "node1:$address" redis:8.0-trixie \
  redis-cli -h node1 --pipe < data/appendonlydir/appendonly.aof.1.incr.aof
