# why: The swarm never moves what runs, so both tasks are still on node2. With at most one a node, they part now, and after each loss the second waits until there is a second node again.
docker service update --replicas-max-per-node 1 --update-order stop-first tides
