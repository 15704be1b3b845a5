# task: survive
# why: One more than there are places: it waits for a third node, and nobody misses it.
docker service update --detach --force --replicas-max-per-node 1 --replicas 3 tides
until [ "$(docker service ps tides --filter desired-state=running --format '{{.Node}} {{.CurrentState}}' | grep Running | cut -d' ' -f1 | sort -u | wc -l)" = 2 ]; do sleep 0.3; done
