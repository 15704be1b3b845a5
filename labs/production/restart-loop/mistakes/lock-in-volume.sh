# task: repair
# hint: lock
# after: 3
# why: The lock was removed by hand, and is back after the next crash.
sed -i 's/ -e GATE_LOCK=\/run\/gate.lock --tmpfs \/run//' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
kill -KILL "$(docker inspect -f '{{.State.Pid}}' gate)"
until docker logs gate 2>&1 | grep -q exists; do sleep 0.1; done
