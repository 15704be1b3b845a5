# task: pinned
# hint: port
# after: 3
# node: node2
docker pull -q registry:5000/harbour/notices:edition-1
docker run -d --name notices "$(docker inspect -f '{{index .RepoDigests 0}}' registry:5000/harbour/notices:edition-1)"
