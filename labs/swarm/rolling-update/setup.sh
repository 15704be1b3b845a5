for version in 1 2 3; do docker build -q --build-arg VERSION=$version -t tides:$version . >/dev/null; done
docker swarm init >/dev/null
docker network create -d overlay --attachable harbour
docker config create front front.conf
docker service create -q --detach --name tides --replicas 2 --network harbour --endpoint-mode dnsrr \
  --update-parallelism 0 --update-monitor 2s --no-resolve-image tides:1
docker service create -q --detach --name front --network harbour --endpoint-mode dnsrr --no-resolve-image \
  --config source=front,target=/etc/nginx/conf.d/default.conf --publish mode=host,target=80,published=$LAB_PORT nginx:1.26
curl -fs -o /dev/null --retry 100 --retry-delay 1 --retry-all-errors http://localhost:$LAB_PORT/
