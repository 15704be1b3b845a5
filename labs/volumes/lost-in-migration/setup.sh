# The new machine: the compose file came along, the data did not, and business goes on.
rm -rf data
docker compose up -d
until docker exec orders redis-cli ping 2>/dev/null | grep -q PONG; do sleep 0.1; done
docker exec -i orders redis-cli >/dev/null <<ORDERS
HSET order:1001 ship Hesperus item anchor count 1 note ${LAB_TOKEN}-1
HSET order:1002 ship Deneb item lantern count 4 note ${LAB_TOKEN}-2
HSET order:1003 ship Aurora item "rope 20 m" count 2 note ${LAB_TOKEN}-3
ORDERS
