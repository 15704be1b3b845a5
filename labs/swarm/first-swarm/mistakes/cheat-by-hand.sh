# task: scale
# hint: by-hand
# after: 3
# why: Three nginx on three nodes, one of them started by hand where none was.
for node in node1 node2 node3; do
  ssh $node "docker ps --format '{{.Names}}' | grep -q ^web || docker run -d --name web.3.by-hand --label com.docker.swarm.service.name=web -p $LAB_PORT:80 nginx:1.26"
done
