# why: The token is what lets a machine in, and says as what. The worker calls the manager at port 2377, so the manager must be reachable and the worker need not be.
token=$(docker swarm join-token -q worker)
for node in node2 node3; do ssh $node docker swarm join --token "$token" node1:2377; done
