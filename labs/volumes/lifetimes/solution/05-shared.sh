# why: A volume belongs to no container, so two can have it. Whoever only reads gets it read-only: the web server that is broken into then cannot change what it shows.
docker run --rm -v board:/out busybox:1.37 sh -c 'echo High water at noon > /out/index.html'
docker run -d --name web -p 8080:80 -v board:/usr/share/nginx/html:ro nginx:1.26
curl -sS --retry 5 --retry-all-errors http://localhost:8080
