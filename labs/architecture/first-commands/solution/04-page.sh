# why: exec starts one more process in the running container. The shell inside is what interprets the > there, on that side of the wall.
docker exec web sh -c 'echo "<h1>Ahoy</h1>" > /usr/share/nginx/html/index.html'
curl -sS http://localhost:8080
