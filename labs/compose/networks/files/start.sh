#!/bin/sh
# Starts the shop as it was handed over: sh start.sh
cd "$(dirname "$0")" || exit 1
docker rm -f front shelf >/dev/null 2>&1
docker run -d --init --name shelf -p 9000:9000 -v "$PWD/index.txt:/www/index.txt:ro" busybox:1.37 httpd -f -p 9000 -h /www
docker run -d --name front -p 8080:80 -v "$PWD/front.conf:/etc/nginx/conf.d/default.conf:ro" nginx:1.26
