# why: SIGTERM does not reach a process that is number 1 in its namespace and has no handler for it. SIGKILL from an outer namespace does, and 128 + 9 is 137.
kill -KILL "$(docker inspect -f '{{.State.Pid}}' beacon)"
docker wait beacon
