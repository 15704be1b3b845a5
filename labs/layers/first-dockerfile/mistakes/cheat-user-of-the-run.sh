# task: user
# hint: user
# after: 2
# why: This container is not root; the next one, started by somebody else, is.
docker rm -f logbook
docker run -d --name logbook --user 1000 --tmpfs /app/log:mode=777 -p 8080:8000 logbook
