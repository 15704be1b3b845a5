# task: service
# hint: mesh
# after: 2
# why: The short form of --publish is the mesh.
docker network create -d overlay --attachable harbour
docker service create --name web --replicas 2 --network harbour --publish $LAB_PORT:80 --no-resolve-image nginx:1.26
