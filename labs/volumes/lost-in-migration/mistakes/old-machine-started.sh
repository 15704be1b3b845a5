# task: restored
# hint: elsewhere
# after: 0
# node: node2
# why: The orders are back, on the machine that nobody asks any more.
docker compose up -d
until docker exec orders redis-cli ping 2>/dev/null | grep -q PONG; do sleep 0.1; done
