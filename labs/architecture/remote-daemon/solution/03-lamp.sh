# why: The command runs here, the container there: image, port and files are those of node2. Nothing was installed on node1 and no shell was opened on node2.
docker --context node2 run -d --name lamp -p 8080:80 nginx:1.26
curl -sS --retry 5 --retry-all-errors -o /dev/null http://node2:8080
