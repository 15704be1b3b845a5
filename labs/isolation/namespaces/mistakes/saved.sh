# task: rootfs
# hint: save
# after: 0
mkdir rootfs
docker save busybox:1.37 | tar -x -C rootfs
