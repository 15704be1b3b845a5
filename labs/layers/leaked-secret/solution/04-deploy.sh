# why: The old image is evidence at the most, and evidence is not kept on a host that can run it.
docker rm -f ferry
docker run -d --name ferry -p 8080:8000 ferry:1.5
docker rmi ferry:1.4
docker image prune -f
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080/rates.csv
