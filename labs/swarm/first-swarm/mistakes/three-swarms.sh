# task: workers
# hint: other
# after: 1
# why: The page of the manual says docker swarm init, so it was typed on each machine.
for node in node2 node3; do ssh $node docker swarm init; done
