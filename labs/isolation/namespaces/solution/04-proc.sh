# why: A proc file system shows the PID namespace of whoever mounts it. nsenter goes into the mount and PID namespaces and the root of the process, and runs the mount of busybox there.
nsenter -t "$(pgrep -x sleep)" --mount --pid --root mount -t proc proc /proc
