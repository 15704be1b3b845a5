# task: log
# hint: silent
# after: 1
docker rm -f gauge
docker run -d --init --name gauge --log-driver none -v "$PWD/gauge.sh:/gauge.sh:ro" busybox:1.37 sh /gauge.sh
