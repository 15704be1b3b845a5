# task: proc
# hint: borrowed
# after: 3
nsenter -t "$(pgrep -x sleep)" --mount mount --rbind /proc "$PWD/rootfs/proc"
