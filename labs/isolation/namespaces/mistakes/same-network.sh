# task: namespaces
# hint: missing
# after: 1
setsid unshare --pid --fork --mount --uts --ipc sleep infinity >/dev/null 2>&1 </dev/null &
until pgrep -x sleep >/dev/null; do :; done
