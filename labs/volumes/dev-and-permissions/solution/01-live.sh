# why: The container sees the folder itself, not a copy, so an edit is there with the next request. Nothing is built or restarted.
docker run -d --name dev -p 8080:80 -v "$PWD/site":/usr/share/nginx/html nginx:1.26
curl -sS --retry 5 --retry-all-errors http://localhost:8080
