# What runs on this machine, who works with it, and what happened to it in the night.
docker run -d --name shop --restart unless-stopped -p 8080:80 nginx:1.26
docker run -d --name mailer --init busybox:1.37 sleep 86400
groupadd builders
useradd --create-home --shell /bin/bash --groups docker deploy
useradd --create-home --shell /bin/bash --groups builders ci
case ${LAB_ADDRESS:-tcp} in
  tcp) echo 'export DOCKER_HOST=tcp://127.0.0.1:2375' >> ~deploy/.profile ;;
  socket) echo 'export DOCKER_HOST=unix:///run/dockerd.sock' >> ~deploy/.profile ;;
  context) su - deploy -c 'docker context create staging --docker host=tcp://127.0.0.1:2376 && docker context use staging' ;;
esac
service docker stop
mkdir -p /etc/docker
case ${LAB_FAULT:-unknown} in
  comma) printf '{\n  "log-driver": "json-file",\n  "log-opts": { "max-size": "10m", "max-file": "3" },\n}\n' ;;
  unknown) printf '{\n  "log-driver": "json-file",\n  "log-options": { "max-size": "10m", "max-file": "3" }\n}\n' ;;
  twice) printf '{\n  "log-driver": "json-file",\n  "log-opts": { "max-size": "10m", "max-file": "3" }\n}\n' ;;
esac > /etc/docker/daemon.json
[ "${LAB_FAULT:-unknown}" != twice ] || echo 'DOCKER_OPTS="--log-driver=local"' >> /etc/default/docker
