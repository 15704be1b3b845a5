# task: loud
# hint: long
# after: 2
# why: Made by docker run with --mount: this one is loud, and the file is as it was, so the next docker compose up is not.
docker rm -f orders
docker run -d --name orders -p 6379:6379 --mount type=bind,src="$PWD/data",dst=/data redis:8.0-trixie redis-server --appendonly yes --save ''
until docker exec orders redis-cli PING | grep -q PONG; do sleep 0.2; done
