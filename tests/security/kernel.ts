/** Attacks on the kernel that all nodes share: its calls, its settings, its devices. */
import type { Theme } from './attack.ts'
import { noSeccomp, noUserNamespace } from './weaknesses.ts'
import { fromNode, type World } from './world.ts'

/** Writes back what it reads: whoever can do that can write something else. */
const writeBack = (files: string) => `
for f in ${files}; do
  [ -e "$f" ] || continue
  v=$(cat "$f") && printf '%s' "$v" > "$f" && echo "ESCAPED wrote $f"
done`

const call = (world: World, name: string, what: string, why: string, script: string) =>
  fromNode(world, {
    name,
    tries: `The node's root ${what}.`,
    why: `Our seccomp profile does not have the call: ${why}`,
    weakness: noSeccomp,
    run: (place) => place.python(script),
  })

export const kernel = (world: World): Theme => ({
  title: 'The kernel and its devices',
  attacks: [
    call(
      world,
      'bpf',
      "asks the kernel's BPF interface for an object",
      'programs in the kernel are a large surface that no engine in a node needs.',
      `
path = ctypes.create_string_buffer(b'/no/such/object')
attributes = struct.pack('QIIQ', ctypes.addressof(path), 0, 0, 0)
if syscall('bpf', 7, attributes, len(attributes)) >= 0 or ctypes.get_errno() != 1:
  escaped('the BPF interface answers')`,
    ),
    call(
      world,
      'perf_event_open',
      'opens a performance counter',
      'counters see caches and branches of other programs on the same core.',
      `
attributes = struct.pack('IIQQQQQ', 1, 112, 0, 0, 0, 0, 1 << 5 | 1 << 6).ljust(112, b'\\0')
if syscall('perf_event_open', attributes, 0, -1, -1, 0) >= 0:
  escaped('a counter is open')`,
    ),
    call(
      world,
      'userfaultfd',
      'takes over its own page faults',
      'they hold the kernel still in the middle of its work, the usual help of exploits.',
      `
if syscall('userfaultfd', 1) >= 0:
  escaped('page faults are ours')`,
    ),
    call(
      world,
      'io_uring_setup',
      'sets up a ring of io_uring',
      'its work is done past the filter.',
      `
parameters = ctypes.create_string_buffer(248)
if syscall('io_uring_setup', 4, parameters) >= 0:
  escaped('a ring is there')`,
    ),
    call(
      world,
      'keyring',
      'puts a key into a keyring of the kernel',
      'all nodes share one user id of the host and with it 200 keys.',
      `
if syscall('add_key', b'user', b'drydock-attack', b'x', ctypes.c_size_t(1), -2) >= 0:
  escaped('a key of the shared quota is taken')`,
    ),
    call(
      world,
      'asynchronous I/O',
      'reserves asynchronous I/O requests, of which the whole machine has 65,536',
      'one node could take them all from the databases of the host.',
      `
context = ctypes.c_ulong(0)
if syscall('io_setup', 64, ctypes.byref(context)) >= 0:
  escaped('64 of the machine are taken')`,
    ),
    fromNode(world, {
      name: '32-bit calls',
      tries: "The node's root runs a program of 96 bytes that calls the kernel as 32-bit programs do.",
      why: 'Our seccomp profile has no such door: it is a second set of calls that hardly anybody looks at, and no image here uses it.',
      weakness: noSeccomp,
      run: (place) =>
        place.shell(`
echo f0VMRgEBAQAAAAAAAAAAAAIAAwABAAAAVIAECDQAAAAAAAAAAAAAADQAIAABAAAAAAAAAAEAAAAAAAAAAIAECACABAhgAAAAYAAAAAUAAAAAEAAAuAEAAAC7KgAAAM2A | base64 -d > /root/exit-42
chmod +x /root/exit-42 && /root/exit-42
[ $? = 42 ] && echo ESCAPED
rm /root/exit-42`),
    }),
    fromNode(world, {
      name: 'block device',
      tries: "The node's root makes a device file for the host's disk.",
      why: 'Device files belong to the host: a user namespace may not make any.',
      weakness: noUserNamespace,
      run: (place) => place.shell('mknod /dev/shm/disk b 254 0 && rm /dev/shm/disk && echo ESCAPED'),
    }),
    fromNode(world, {
      name: 'loop device',
      tries:
        "The node's root opens its device group for all devices, makes the loop driver's file and asks it for a device.",
      why: 'The device group is changed by root of the host alone, and device files cannot be made.',
      weakness: noUserNamespace,
      run: (place) =>
        place.shell(`
mkdir -p /dev/shm/devices && mount -t cgroup -o devices devices /dev/shm/devices
echo a > /dev/shm/devices/devices.allow
mknod /dev/loop-attack c 10 237 && exec 3< /dev/loop-attack && echo ESCAPED
rm -f /dev/loop-attack`),
    }),
    fromNode(world, {
      name: 'core_pattern',
      tries: "The node's root sets the program that the host runs when something crashes.",
      why: "The file is owned by the host's root, who is nobody in the node.",
      weakness: noUserNamespace,
      run: (place) => place.shell(writeBack('/proc/sys/kernel/core_pattern')),
    }),
    fromNode(world, {
      name: 'kernel settings',
      tries: "The node's root writes settings of the whole machine below /proc/sys.",
      why: "They are owned by the host's root; only those of the node's own namespaces are the node's.",
      weakness: noUserNamespace,
      run: (place) =>
        place.shell(
          writeBack(
            '/proc/sys/kernel/{panic,threads-max,randomize_va_space,hung_task_panic} /proc/sys/vm/{overcommit_memory,swappiness,panic_on_oom} /proc/sys/fs/{file-max,aio-max-nr,suid_dumpable,protected_symlinks,inotify/max_user_instances}',
          ),
        ),
    }),
    fromNode(world, {
      name: 'settings from a nested user namespace',
      tries:
        "The node's root makes a user namespace of its own, in which it has every capability, and writes settings from there.",
      why: 'Capabilities count in the namespace that owns the setting, which is the first.',
      weakness: noUserNamespace,
      run: (place) =>
        place.shell(
          `unshare -Urmpf --mount-proc bash -c '${writeBack('/proc/sys/kernel/panic /proc/sys/vm/swappiness').replaceAll("'", '"')}'`,
        ),
    }),
    fromNode(world, {
      name: '/sys',
      tries: "The node's root makes /sys writable and sets how the kernel gives out memory.",
      why: 'The host mounted /sys; what it fixed, a user namespace cannot loosen, and the files are not its own.',
      weakness: noUserNamespace,
      run: (place) =>
        place.shell(`mount -o remount,rw /sys; mount -t sysfs sysfs /mnt
v=$(sed 's/.*\\[\\(.*\\)\\].*/\\1/' /sys/kernel/mm/transparent_hugepage/enabled) && echo $v > /sys/kernel/mm/transparent_hugepage/enabled && echo ESCAPED`),
    }),
    fromNode(world, {
      name: "the kernel's tables",
      tries: "The node's root reads tables of the kernel's memory that only root may see.",
      why: "They are readable for the host's root alone.",
      weakness: noUserNamespace,
      run: (place) =>
        place.shell(
          'for f in /proc/slabinfo /proc/vmallocinfo /proc/kpagecount; do head -c 8 $f >/dev/null && echo "ESCAPED $f"; done',
        ),
    }),
  ],
  unproven: [
    { name: 'a file by its handle ("shocker")', reason: 'this kernel refuses it also without the filter' },
    { name: "the kernel's log", reason: 'this kernel refuses it also without the filter' },
    {
      name: 'real-time priority, a protected process, a clock that is set',
      reason: 'the lab engine has no such capability here to give',
    },
    { name: 'kernel modules', reason: 'this kernel has none' },
    { name: 'kexec', reason: 'this kernel does not have it' },
    { name: '/dev/mem', reason: 'this kernel does not have it' },
    { name: 'sysrq', reason: 'this kernel does not have it' },
  ],
})
