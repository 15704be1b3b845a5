# task: healthy
# hint: check
# after: 4
# why: This container is healthy; the image knows of no check.
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 --health-cmd 'python app.py --ping' --health-interval 1s logbook
until [ "$(docker inspect -f '{{.State.Health.Status}}' logbook)" = healthy ]; do sleep 0.2; done
