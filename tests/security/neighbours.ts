/** Attacks on another learner's node: its processes, and what the kernel counts for all nodes together. */
import type { Theme } from './attack.ts'
import { fromNode, type World } from './world.ts'
import { besideProcesses, noCounts } from './weaknesses.ts'

const mark = 'the-secret-of-a-neighbour'

const takeInstances = `
taken = 0
while taken < 100 and libc.inotify_init() >= 0:
  taken += 1
print(taken, 'instances')
if taken >= 100:
  escaped('the host and all other nodes have nothing left')`

/** Starts a program in the neighbour's node, and looks for it from the attacker's. */
const find = `victim=$(grep -lsa ${mark} /proc/[0-9]*/environ | sed 's|[^0-9]||g' | head -n 1)`

export const neighbours = (world: World): Theme => {
  const onVictim = (name: string, tries: string, script: string) =>
    fromNode(world, {
      name,
      tries,
      why: 'A node has a process namespace and a user namespace of its own; what is not in them cannot be named.',
      weakness: besideProcesses(() => world.neighbour()),
      async run(place) {
        const { node } = await world.neighbour()
        // Until it runs as itself: before, its environment is the shell's.
        const begin = `SECRET=${mark} setsid sleep 3600 >/dev/null 2>&1 &
          until grep -qa ${mark} /proc/$!/environ; do :; done`
        await node.exec(['sh', '-c', begin], { cwd: '/' })
        return place.shell(`${find}\n[ -n "$victim" ] || { echo nobody; victim=99999999; }\n${script}`)
      },
    })
  return {
    title: 'Neighbours',
    attacks: [
      onVictim(
        'signals to a neighbour',
        "The node's root signals a process of another node, which has the same user id on the host.",
        'kill -0 $victim && echo ESCAPED',
      ),
      onVictim(
        "a neighbour's environment",
        "The node's root reads the environment of another node's process.",
        `tr '\\0' '\\n' < /proc/$victim/environ | grep SECRET=${mark} && echo ESCAPED`,
      ),
      onVictim(
        "a neighbour's files by /proc",
        "The node's root reads the files of another node through /proc/<pid>/root.",
        'ls /proc/$victim/root/etc/hostname && echo ESCAPED',
      ),
      onVictim(
        'ptrace on a neighbour',
        "The node's root traces a process of another node.",
        'timeout 3 strace -o /dev/shm/trace -p $victim; grep -q . /dev/shm/trace && echo ESCAPED; timeout 2 strace -p $victim 2>&1 | grep attached && echo ESCAPED',
      ),
      fromNode(world, {
        name: 'inotify instances',
        tries: "The node's root takes all inotify instances, which the kernel counts for the root of the host.",
        why: 'The node has a count of its own in its user namespace, set from outside.',
        weakness: noCounts,
        run: (place) => place.python(takeInstances),
      }),
      fromNode(world, {
        name: 'inotify instances from a nested user namespace',
        tries: 'The same from a user namespace that the node made, after raising all counts there.',
        why: 'The counts of the namespaces around it hold, too.',
        weakness: noCounts,
        run: (place) =>
          place.python(`
if syscall('unshare', 0x10000000) == 0:
  for file in ('max_inotify_instances', 'max_user_namespaces'):
    with open('/proc/sys/user/' + file, 'w') as count:
      count.write('100000')
${takeInstances}`),
      }),
    ],
    unproven: [
      {
        name: 'pseudo terminals',
        reason: 'not held: the kernel has one count for all, see SECURITY.md',
      },
    ],
  }
}
