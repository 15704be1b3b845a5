# why: Names are resolved within a network, and the two had none in common. A running container can join another one.
docker network connect back shop
curl -sS --retry 10 --retry-delay 1 --retry-all-errors http://localhost:8083
