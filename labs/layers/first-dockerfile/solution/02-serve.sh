# why: The port is chosen when the container is made, not in the image: the same image may run three times on one host.
docker run -d --name logbook -p 8080:8000 logbook
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080
