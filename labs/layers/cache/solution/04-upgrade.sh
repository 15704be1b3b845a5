# why: One changed line, one step that runs again, and everything below it. A container keeps its image, so the new image needs a new container.
sed -i 's/^tides==.*/tides==2.1.0/' requirements.txt
docker build -t tide .
docker run -d --name tide -p 8000:8000 tide
curl -sS --retry 5 --retry-all-errors http://localhost:8000
