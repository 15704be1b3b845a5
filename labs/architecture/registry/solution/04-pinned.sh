# node: node2
# why: By the digest one gets this content or an error, never something else. You have it in digest.txt and can paste it; this script finds it by the tag of its own that the first edition was given.
docker pull registry:5000/harbour/notices:edition-1
pinned=$(docker inspect -f '{{index .RepoDigests 0}}' registry:5000/harbour/notices:edition-1)
docker run -d --name notices -p 8080:80 "$pinned"
curl -sS --retry 5 --retry-all-errors http://localhost:8080
