# why: The tasks are Pending because no node may take them: node3 is down, the other two are drained. node2 has no reason to be.
docker node update --availability active node2
curl -fs -o /dev/null --retry 60 --retry-delay 1 --retry-all-errors http://node2:$LAB_PORT/
