# why: The swarm never moves what runs, so both tasks are still on node2. With at most one a node, the second waits after each loss until there is a second node again. That counts when tasks are placed, and those that run stay where they are: --force makes them anew, so that they part now.
docker service update --force --replicas-max-per-node 1 --update-order stop-first tides
