# task: crash
# hint: policy
# after: 2
# why: It crashed and stayed down, and somebody started it.
docker update --restart no gate
kill -KILL "$(docker inspect -f '{{.State.Pid}}' gate)"
docker wait gate
docker start gate
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
