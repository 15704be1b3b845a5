# why: Published ports belong to the settings that a container is created with. A container is cheap: throw it away and make one that fits.
docker rm -f web
docker run -d --name web -p 8080:80 nginx:1.26
curl -sS --retry 5 --retry-all-errors http://localhost:8080
