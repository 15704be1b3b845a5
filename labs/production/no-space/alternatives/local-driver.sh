# task: log
# why: The driver `local` keeps its files compressed, five of them unless told otherwise.
docker rm -f gauge
docker run -d --init --name gauge --log-driver local --log-opt max-size=4m -v "$PWD/gauge.sh:/gauge.sh:ro" busybox:1.37 sh /gauge.sh
