# task: page
# hint: again
# after: 3
# why: The page is there, but another container has it.
docker rm -f web
docker run -d --name web2 -p 8080:80 nginx:1.26
docker exec web2 sh -c 'echo Ahoy > /usr/share/nginx/html/index.html'
curl -sS --retry 5 --retry-all-errors http://localhost:8080
