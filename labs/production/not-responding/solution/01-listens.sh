# why: A container can share the network namespace of another one. So the tools of one image look at the sockets of the other, which has none.
docker run --rm --network container:desk busybox:1.37 netstat -ltn | awk '/LISTEN/ { print $4 }' > listens.txt
