# task: survive
# hint: together
# after: 2
# why: The rule is there, and moves nothing that runs: the first power cut takes both.
docker service update --replicas-max-per-node 1 --update-order stop-first tides
