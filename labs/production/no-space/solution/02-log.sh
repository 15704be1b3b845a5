# why: The limit is a setting of the container, so it is made anew. Two files of 5 MB: when one is full the next is begun, and the oldest goes.
docker rm -f gauge
docker run -d --init --name gauge --log-opt max-size=5m --log-opt max-file=2 -v "$PWD/gauge.sh:/gauge.sh:ro" busybox:1.37 sh /gauge.sh
