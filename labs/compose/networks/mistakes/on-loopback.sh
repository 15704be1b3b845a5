# task: closed
# hint: loopback
# after: 2
docker rm -f shelf
docker run -d --init --name shelf --network shop -p 127.0.0.1:9000:9000 -v "$PWD/index.txt:/www/index.txt:ro" busybox:1.37 httpd -f -p 9000 -h /www
