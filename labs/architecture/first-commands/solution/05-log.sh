# why: The Engine keeps whatever the main process writes to its output. The server needs no log file, and you need no way in.
curl -sS http://localhost:8080/treasure
docker logs web > web.log
grep 404 web.log
