# task: serve
# hint: stale
# after: 1
# why: Run first, and built once more after that; what runs is still made from the former image.
docker run -d --name beacon -p 8080:8000 beacon
echo 'LABEL harbour=north' >> Dockerfile
docker build -t beacon .
