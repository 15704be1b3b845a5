docker swarm init >/dev/null
docker swarm update --dispatcher-heartbeat 2s
for node in node2 node3; do ssh $node docker swarm join --token $(docker swarm join-token -q worker) node1:2377; done
# Managers take no work here, and node2 had its turn of maintenance last week.
docker node update --availability drain node1
docker node update --availability drain node2
docker network create -d overlay harbour
docker config create tides tides.conf
docker config create front front.conf
docker service create -q --detach --name tides --replicas 2 --network harbour --endpoint-mode dnsrr --no-resolve-image \
  --config source=tides,target=/etc/nginx/conf.d/default.conf nginx:1.26
docker service create -q --detach --name front --mode global --network harbour --endpoint-mode dnsrr --no-resolve-image \
  --config source=front,target=/etc/nginx/conf.d/default.conf --publish mode=host,target=80,published=$LAB_PORT nginx:1.26
curl -fs -o /dev/null --retry 100 --retry-delay 1 --retry-all-errors http://node3:$LAB_PORT/
# The power cut: the machine came back, its engine did not.
ssh node3 service docker stop >/dev/null 2>&1
until docker node ls --format '{{.Hostname}} {{.Status}}' | grep -q 'node3 Down'; do sleep 0.2; done
