# task: root
# hint: old-root
# after: 2
pkill -KILL -x sleep
while pgrep -x sleep >/dev/null; do :; done
mkdir -p rootfs/old
setsid unshare --pid --fork --mount --uts --ipc --net sh -c "mount --bind rootfs rootfs && cd rootfs && pivot_root . old && exec sleep infinity" >/dev/null 2>&1 </dev/null &
until pgrep -x sleep >/dev/null; do :; done
