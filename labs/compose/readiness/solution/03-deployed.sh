# why: up makes anew what has changed, in the right order, and now waits where it should.
docker compose up -d
curl -fsS --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8080
