# task: log
# hint: files
# after: 1
docker rm -f gauge
docker run -d --init --name gauge --log-opt max-size=20m --log-opt max-file=5 -v "$PWD/gauge.sh:/gauge.sh:ro" busybox:1.37 sh /gauge.sh
