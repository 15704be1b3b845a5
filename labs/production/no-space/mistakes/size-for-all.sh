# task: log
# hint: files
# after: 1
# why: One number is remembered, the other forgotten.
docker rm -f gauge
docker run -d --init --name gauge --log-opt max-size=100m -v "$PWD/gauge.sh:/gauge.sh:ro" busybox:1.37 sh /gauge.sh
