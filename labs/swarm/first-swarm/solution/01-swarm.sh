# why: An engine is a swarm of one after this, with a certificate authority and a store of its own. It prints what others need to join.
docker swarm init
