# task: desk
# hint: loopback
# after: 1
docker rm -f desk
docker run -d --name desk -p 8082:8002 desk:1 -p 127.0.0.1:8002
