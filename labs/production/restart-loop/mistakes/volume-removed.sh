# task: openings
# hint: volume
# after: 2
# why: The lock is gone for good, and so is the rest.
docker rm -f gate
docker volume rm gate-state
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
