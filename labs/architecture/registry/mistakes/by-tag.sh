# task: pinned
# hint: tag
# after: 3
# node: node2
docker run -d --name notices -p 8080:80 registry:5000/harbour/notices:stable
