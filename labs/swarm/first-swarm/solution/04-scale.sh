# why: One number of the wish is changed, and the swarm makes the difference. It spreads the tasks of a service over the nodes as evenly as it can.
docker service scale web=3
