# why: The limit is kept with the container's settings, and the kernel enforces it again from the first page on. The leak is still there: a limit contains a fault, it repairs none.
docker start ledger
curl -sS --retry 5 --retry-all-errors http://localhost:8081
