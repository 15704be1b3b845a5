# why: In a network that one makes, the Engine answers for the names of all containers in it. Joining needs no restart: each gets one more interface.
docker network create shop
docker network connect shop front
docker network connect shop shelf
