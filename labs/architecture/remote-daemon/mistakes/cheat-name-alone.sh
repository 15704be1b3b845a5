# task: context
# hint: there
# after: 1
docker context create node2 --docker host=unix:///var/run/docker.sock
