# task: swarm
# hint: worker
# after: 0
# node: node2
# why: The swarm was begun on the machine whose terminal was open.
docker swarm init
ssh node1 docker swarm join --token "$(docker swarm join-token -q worker)" node2:2377
