# task: till
# why: A larger tmpfs needs another container; what was not fetched moves along.
docker exec till cat /spool/today > today
docker rm -f till
docker run -d --init --name till --tmpfs /spool:size=64m -v "$PWD/till.sh:/till.sh:ro" busybox:1.37 sh /till.sh
docker exec -i till sh -c 'cat > /spool/today' < today
until docker logs till 2>&1 | grep -q printed; do sleep 0.2; done
