# why: The process is number 1 in its namespace and has no handler, so the kernel spares it everything but SIGKILL. chroot then changes where / is and then becomes the program, which is looked up in there. A container engine uses pivot_root instead, which leaves no way back even for root.
pkill -KILL -x sleep
while pgrep -x sleep >/dev/null; do :; done
setsid unshare --pid --fork --mount --uts --ipc --net chroot rootfs sleep infinity >/dev/null 2>&1 </dev/null &
until pgrep -x sleep >/dev/null; do :; done
