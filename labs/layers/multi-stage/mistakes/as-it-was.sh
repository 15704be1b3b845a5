# task: serve
# hint: stale
# after: 0
# why: Run from the image as it was found, and then built anew; what runs is still the old one.
docker build -t beacon .
docker run -d --name beacon -p 8080:8000 beacon
