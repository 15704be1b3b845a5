# why: A rollback takes a minute and an analysis takes as long as it takes. That the old image still exists is what makes this easy; keep a few.
docker rm -f pilots
docker run -d --name pilots -p 8080:8000 pilots:1
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080
