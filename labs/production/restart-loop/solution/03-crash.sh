# why: The kernel ends it, the shim reports it, the Engine looks at the policy and starts it again. Its lock went with the tmpfs, so nothing stands in its way.
kill -KILL "$(docker inspect -f '{{.State.Pid}}' gate)"
curl -sS --retry 40 --retry-delay 1 --retry-all-errors "http://localhost:$LAB_PORT"
