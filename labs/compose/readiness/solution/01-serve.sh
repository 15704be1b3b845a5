# why: First the service. Once the database has done its work, the same command works, which is also the best clue there is.
until curl -fs -m 2 http://localhost:8080; do
  sleep 1
  docker compose up -d
done
