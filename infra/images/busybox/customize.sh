# Runs inside a Debian root file system; /scratch becomes the image: one static program under all its names.
mkdir -p /scratch/bin /scratch/etc /scratch/root /scratch/tmp /scratch/var /scratch/proc /scratch/sys /scratch/dev
chmod 1777 /scratch/tmp
cp /usr/bin/busybox /scratch/bin/busybox
for name in $(busybox --list); do [ "$name" = busybox ] || ln -s busybox "/scratch/bin/$name"; done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' > /scratch/etc/passwd
printf 'root:x:0:\nnobody:x:65534:\n' > /scratch/etc/group
