# task: namespaces
# hint: fork
# after: 1
setsid unshare --pid --mount --uts --ipc --net sleep infinity >/dev/null 2>&1 </dev/null &
until pgrep -x sleep >/dev/null; do :; done
