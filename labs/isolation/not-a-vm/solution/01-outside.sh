# why: The process is on this machine like any other. The Engine started it and knows its number; `ps` would have shown it too.
docker inspect -f '{{.State.Pid}}' beacon > pid.txt
