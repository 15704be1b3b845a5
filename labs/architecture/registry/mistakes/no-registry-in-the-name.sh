# task: push
# hint: name
# after: 0
# why: Without a registry in its name, an image belongs to Docker Hub.
docker build -q -t harbour/notices:stable .
docker push harbour/notices:stable || true
