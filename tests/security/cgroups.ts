/** Attacks on the control groups that hold a node's limits. */
import type { Theme } from './attack.ts'
import { hostControlGroups, noUserNamespace, ownLimits } from './weaknesses.ts'
import { fromNode, type World } from './world.ts'

/** Raises limits in a folder: one line of files (of either version of control groups) and values. */
const raise = (...limits: [files: string, value: string][]) =>
  limits
    .map(
      ([files, value]) => `
for f in ${files}; do
  [ -e $f ] || continue
  chown 0:0 $f; chmod 666 $f
  echo ${value} > $f && echo "ESCAPED $f"
done`,
    )
    .join('\n')

const more = '900000000'
/** Version 1 limits memory alone and memory with swap. */
const raiseMemory = (at: string) =>
  raise([`${at}/memory.memsw.limit_in_bytes`, more], [`${at}/memory.limit_in_bytes ${at}/memory.max`, more])

/** In a control group, and a namespace of them, below the node's: what is at the top of a namespace of version 2 the kernel refuses to whoever owns the files. */
const below = (script: string) => `at=/sys/fs/cgroup/below-$$
mkdir $at && echo $$ > $at/cgroup.procs
unshare -C bash -s <<'SCRIPT'
${script}
SCRIPT`

const own = (world: World, limit: string, script: string) =>
  fromNode(world, {
    name: `own ${limit} limit`,
    tries: `The node's root writes a higher limit into the control group file of its own ${limit}, after making the file its own.`,
    why: 'Only the folder is handed to the node; the limit files stay with the root of the host.',
    weakness: ownLimits,
    run: (place) => place.shell(below(script)),
  })

const mounted = (controllers: string) => `at=$(mktemp -d /dev/shm/cgroup.XXXX)
mount -t cgroup -o ${controllers} cgroup $at || mount -t cgroup2 cgroup $at`

export const cgroups = (world: World): Theme => ({
  title: 'Control groups',
  attacks: [
    own(world, 'memory', raiseMemory('/sys/fs/cgroup{/memory,}')),
    own(world, 'process', raise(['/sys/fs/cgroup{/pids,}/pids.max', '30000'])),
    own(world, 'CPU', raise(['/sys/fs/cgroup/cpu/cpu.cfs_quota_us', '-1'], ['/sys/fs/cgroup/cpu.max', 'max'])),
    fromNode(world, {
      name: 'memory limit through a fresh mount',
      tries: "The node's root mounts the memory controller anew and raises its limit there.",
      why: 'A mount shows the same files with the same owner.',
      weakness: ownLimits,
      run: (place) => place.shell(`${mounted('memory')}\n${raiseMemory('$at')}`),
    }),
    fromNode(world, {
      name: 'memory limit from a nested user namespace',
      tries: "The node's root makes a user namespace with every capability and raises its memory limit from there.",
      why: 'The owner of the file is not in that namespace either.',
      weakness: ownLimits,
      run: (place) =>
        place.shell(`unshare -Urm bash -s <<'SCRIPT'\n${raiseMemory('/sys/fs/cgroup{/memory,}')}\nSCRIPT`),
    }),
    fromNode(world, {
      name: 'limits from an inner container',
      tries: "Root of a container that has the node's control groups bound in raises the node's memory limit.",
      why: "A container in the node has at most the rights of the node's root.",
      weakness: ownLimits,
      run: (place) =>
        place.inContainer(
          '-v /sys/fs/cgroup:/groups --cap-add SYS_ADMIN --security-opt seccomp=unconfined',
          `${raiseMemory('/groups/memory')}\n${raiseMemory('/groups')}`,
        ),
    }),
    fromNode(world, {
      name: 'device group',
      tries: "The node's root allows itself all devices in its device group.",
      why: 'It takes the capability in the first user namespace.',
      weakness: noUserNamespace,
      run: (place) => place.shell(`${mounted('devices')}\necho a > $at/devices.allow && echo ESCAPED`),
    }),
    fromNode(world, {
      name: 'release_agent',
      tries: "The node's root sets the program that the host runs when a control group becomes empty.",
      why: "The file is at the top of the host's groups, out of the node's sight, and owned by the host's root.",
      weakness: hostControlGroups,
      run: (place) =>
        place.shell(`${mounted('memory')}
for f in $at/release_agent /sys/fs/cgroup/*/release_agent; do v=$(cat $f) && echo "$v" > $f && echo ESCAPED; done`),
    }),
    fromNode(world, {
      name: 'groups of others',
      tries:
        "The node's root looks for the control groups of other nodes and of the host, also through a fresh mount and by way of `..`.",
      why: 'It has a control group namespace of its own, whose top is its own group.',
      weakness: hostControlGroups,
      run: async (place) => {
        const neighbour = await world.neighbour()
        return place.shell(
          `${mounted('memory')}
cd /sys/fs/cgroup/memory 2>/dev/null || cd /sys/fs/cgroup
for d in . .. ../.. ../../.. $at /sys/fs/cgroup; do find $d -maxdepth 4 -name "$OTHER*" 2>/dev/null; done | grep -q . && echo ESCAPED`,
          { env: { OTHER: neighbour.id } },
        )
      },
    }),
  ],
})
