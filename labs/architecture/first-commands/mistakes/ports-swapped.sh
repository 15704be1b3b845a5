# task: publish
# hint: order
# after: 2
docker rm -f web
docker run -d --name web -p 80:8080 nginx:1.26
