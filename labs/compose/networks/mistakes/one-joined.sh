# task: network
# hint: both
# after: 0
docker network create shop
docker network connect shop front
