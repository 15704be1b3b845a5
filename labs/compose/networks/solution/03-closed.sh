# why: Publishing is for those outside. Within a network every port of every member is reachable, published or not.
docker rm -f shelf
docker run -d --init --name shelf --network shop -v "$PWD/index.txt:/www/index.txt:ro" busybox:1.37 httpd -f -p 9000 -h /www
