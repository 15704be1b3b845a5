# why: --pull asks the registry for the base instead of taking what lies around here, so this is what every other machine would build.
docker build --pull -t pilots:3 .
docker rm -f pilots
docker run -d --name pilots -p 8080:8000 pilots:3
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080
