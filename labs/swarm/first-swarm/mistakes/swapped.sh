# task: service
# hint: target
# after: 2
# why: With -p the node's port comes first; in the long form the names decide.
docker network create -d overlay --attachable harbour
docker service create --detach --name web --replicas 2 --network harbour --endpoint-mode dnsrr \
  --publish mode=host,target=$LAB_PORT,published=80 --no-resolve-image nginx:1.26
until docker service ls | grep -q 2/2; do sleep 0.3; done
