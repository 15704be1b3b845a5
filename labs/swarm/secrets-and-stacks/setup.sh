echo "STORE_PASSWORD=$LAB_PASSWORD" > .env
docker swarm init >/dev/null
ssh node2 docker swarm join --token $(docker swarm join-token -q worker) node1:2377
