# task: desk
# hint: port
# after: 1
docker rm -f desk
docker run -d --name desk -p 8082:80 desk:1 -p 8000
