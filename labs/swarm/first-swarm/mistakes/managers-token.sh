# task: workers
# hint: manager
# after: 1
token=$(docker swarm join-token -q manager)
for node in node2 node3; do ssh $node docker swarm join --token "$token" node1:2377; done
