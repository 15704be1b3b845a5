# why: An image is a parcel of layers. A container that is created, not even started, has them laid on top of each other, and export writes down the result.
mkdir rootfs
docker create --name mould busybox:1.37
docker export mould | tar -x -C rootfs
docker rm mould
