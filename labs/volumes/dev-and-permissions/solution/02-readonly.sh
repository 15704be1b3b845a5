# why: What only reads gets read-only. A mount belongs to the settings of a container, so it is made anew; the page is on the host and loses nothing.
docker rm -f dev
docker run -d --name dev -p 8080:80 -v "$PWD/site":/usr/share/nginx/html:ro nginx:1.26
curl -sS --retry 5 --retry-all-errors http://localhost:8080
