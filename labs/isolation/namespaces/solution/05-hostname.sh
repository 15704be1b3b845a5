# why: The name is kept by the UTS namespace. Entering this one is enough, and the program comes from outside.
nsenter -t "$(pgrep -x sleep)" --uts hostname raft
