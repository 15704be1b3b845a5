# task: root
# why: unshare changes the root by itself; and the process of before is left where it is.
setsid unshare --pid --fork --mount --uts --ipc --net --root rootfs sleep infinity >/dev/null 2>&1 </dev/null &
until [ "$(pgrep -cx sleep)" = 2 ]; do :; done
