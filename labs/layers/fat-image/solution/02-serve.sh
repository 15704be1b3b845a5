# why: A rollout is done when the new version answers.
docker run -d --name charts -p 8080:8000 registry:5000/harbour/charts:2
curl -fsS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080/index.csv
