# task: serve
# hint: stale
# after: 2
# why: The name moved on to the clean image; the container did not.
mv .dockerignore ../later
docker build -t quay .
docker run -d --name quay -p 8080:8000 quay
mv ../later .dockerignore
docker build -t quay .
