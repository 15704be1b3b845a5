# task: shared
# hint: own-page
# after: 0
# why: Docker fills an empty volume from the image, so there is a page, and nobody wrote it.
docker run -d --name web -p 8080:80 -v board:/usr/share/nginx/html:ro nginx:1.26
curl -fsS --retry 20 --retry-delay 1 --retry-all-errors -o /dev/null http://localhost:8080/
