# task: pinned
# hint: by-hand
# after: 3
# node: node2
# why: The start files are on node2 as well, and its page is edition 1.
docker build -q -t notices .
docker run -d --name notices -p 8080:80 "$(docker images -q notices)"
