# task: rootfs
# hint: link
# after: 0
ln -s / rootfs
