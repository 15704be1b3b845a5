# task: pinned
# hint: other-node
# after: 3
docker run -d --name notices -p 8080:80 "$(cat digest.txt)"
