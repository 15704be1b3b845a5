# task: kept
# hint: gone
# after: 1
# node: node2
# why: "Start with a clean database, then load."
address=$(getent ahostsv4 node1 | awk 'NR == 1 { print $1 }')
(printf '*1\r\n$8\r\nFLUSHALL\r\n'; cat data/appendonlydir/appendonly.aof.1.incr.aof) |
  docker run --rm -i --add-host "node1:$address" redis:8.0-trixie redis-cli -h node1 --pipe
