# task: deploy
# hint: remove
# after: 3
docker rm -f ferry
docker run -d --name ferry -p 8080:8000 ferry:1.5
