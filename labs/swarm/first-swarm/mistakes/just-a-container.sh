# task: service
# hint: container
# after: 2
# why: docker run does what it always did, swarm or not.
docker network create -d overlay --attachable harbour
docker run -d --name web --network harbour -p $LAB_PORT:80 nginx:1.26
