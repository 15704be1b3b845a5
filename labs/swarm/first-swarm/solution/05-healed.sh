# why: The engine of node1 tells that a container has ended, the manager sees two where three are wanted, and orders another.
old=$(docker ps -q --filter name=web.)
docker kill $old
until docker ps --filter name=web. --format '{{.ID}}' | grep -qv "$old"; do sleep 0.2; done
