# task: quorum
# hint: two
# after: 3
# why: Two are safer than one. This worker left and came back with the other token, so its former self stays in the list, as Down.
ssh node2 docker swarm leave
ssh node2 docker swarm join --token $(docker swarm join-token -q manager) node1:2377
until [ "$(docker node ls --format '{{.ManagerStatus}}' | grep -c 'Leader\|Reachable')" = 2 ]; do sleep 0.3; done
