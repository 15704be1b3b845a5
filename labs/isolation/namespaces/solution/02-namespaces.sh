# why: One option a namespace. --fork, because a process keeps the PID namespace that it was born in, and only a child can begin in the new one.
setsid unshare --pid --fork --mount --uts --ipc --net sleep infinity >/dev/null 2>&1 </dev/null &
until pgrep -x sleep >/dev/null; do :; done
