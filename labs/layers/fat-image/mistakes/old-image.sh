# task: serve
# hint: stale
# after: 1
docker run -d --name charts -p 8080:8000 registry:5000/harbour/charts:1
