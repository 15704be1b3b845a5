# why: A container keeps the image it was made from, so the clean one needs a container of its own.
docker run -d --name quay -p 8080:8000 quay
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080/tides.html
