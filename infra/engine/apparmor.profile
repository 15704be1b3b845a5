#include <tunables/global>

profile @NAME@ flags=(attach_disconnected,mediate_deleted) {
  #include <abstractions/base>

  network,
  capability,
  file,
  umount,
  mount,
  remount,
  pivot_root,

  # The container engine's own tools end the node from outside; inside, everything is under this profile.
  # Since AppArmor 4 these tools may have profiles of their own, which confine nothing but have another name.
  signal (receive) peer=unconfined,
  signal (receive) peer=runc,
  signal (receive) peer=crun,
  signal (send, receive) peer=@NAME@,
  ptrace (trace, read, tracedby, readby) peer=@NAME@,
  ptrace (readby, tracedby) peer=unconfined,
  ptrace (readby, tracedby) peer=runc,
  ptrace (readby, tracedby) peer=crun,

  # What Docker's default profile denies, but for the network settings of the node's own namespace.
  deny @{PROC}/sys/kernel/{?,??,[^s][^h][^m]**} w,
  deny @{PROC}/sys/{fs,vm,debug,dev}/** w,
  deny @{PROC}/sysrq-trigger rwklx,
  deny @{PROC}/kcore rwklx,
  deny @{PROC}/kmem rwklx,
  deny @{PROC}/mem rwklx,
  deny /sys/firmware/** rwklx,
  deny /sys/kernel/security/** rwklx,
  deny /sys/devices/virtual/powercap/** rwklx,
}
