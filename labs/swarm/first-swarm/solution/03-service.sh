# why: A service is a wish: this image, so many times, on this network. The swarm turns it into tasks and gives each a node. The port is that of the node on which a task is, because the mesh needs what this host lacks.
docker network create -d overlay --attachable harbour
docker service create --name web --replicas 2 --network harbour --endpoint-mode dnsrr \
  --publish mode=host,target=80,published=$LAB_PORT nginx:1.26
