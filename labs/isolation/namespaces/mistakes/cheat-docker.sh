# task: namespaces
# hint: docker
# after: 1
docker run -d --network none busybox:1.37 sleep infinity
