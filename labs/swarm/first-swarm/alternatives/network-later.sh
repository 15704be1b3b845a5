# task: service
# why: The way in is changed after the service was made; the engine goes on telling the old one in one place.
docker network create -d overlay harbour
docker service create --detach --name web --replicas 2 --network harbour \
  --publish mode=host,target=80,published=$LAB_PORT nginx:1.26
docker service update --endpoint-mode dnsrr web
