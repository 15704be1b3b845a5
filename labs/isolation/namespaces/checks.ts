/** A container that Docker did not make: the kernel's own lists of namespaces, roots and mounts decide, compared by inode. */
import { container, containers, fail, pass } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const kinds = ['pid', 'mnt', 'uts', 'ipc', 'net'] as const
type Kind = (typeof kinds)[number]

interface Raft {
  pid: number
  name: string
  /** Kinds of namespaces that are not those of the machine. */
  own: Kind[]
  /** Device and inode of its root, and the machine's. */
  root: string
  machineRoot: string
}

/** One line a process: PID, name, its namespaces, its root. The shell itself is the machine's own measure, on top. */
const script = `
show() { echo "$1 $(readlink /proc/$1/ns/pid /proc/$1/ns/mnt /proc/$1/ns/uts /proc/$1/ns/ipc /proc/$1/ns/net | tr '\\n' ' ')$(stat -L -c %d:%i /proc/$1/root/) $(cat /proc/$1/comm)"; }
show $$
for p in /proc/[0-9]*; do show \${p#/proc/}; done 2>/dev/null
`

interface Seen {
  pid: number
  spaces: string[]
  root: string
  name: string
}

async function processes(node: Node): Promise<Seen[]> {
  const ran = await node.exec(['sh', '-c', script])
  return ran.stdout.split('\n').flatMap((line) => {
    const [pid, ...rest] = line.trim().split(' ')
    // A process that ended meanwhile has gaps.
    if (rest.length < 7) return []
    return [{ pid: Number(pid), spaces: rest.slice(0, 5), root: rest[5]!, name: rest.slice(6).join(' ') }]
  })
}

interface Found {
  raft: Raft | undefined
  /** A container of the Engine, where there is nothing else. */
  docker: string | undefined
}

/** The process that is farthest from the machine and in no container of the Engine. */
async function findRaft(node: Node): Promise<Found> {
  const [all, listed] = await Promise.all([processes(node), containers(node)])
  const running = await Promise.all(listed.filter((c) => c.state === 'running').map((c) => container(node, c.name)))
  const [machine] = all
  if (!machine) return { raft: undefined, docker: undefined }
  const theirs = new Set(
    running
      .flatMap((c) => all.find((p) => p.pid === c?.pid)?.spaces.slice(0, 2) ?? [])
      .filter((s) => !machine.spaces.includes(s)),
  )
  const rafts = all
    .filter((p) => !p.spaces.slice(0, 2).some((space) => theirs.has(space)))
    .map((p): Raft => ({
      pid: p.pid,
      name: p.name,
      own: kinds.filter((_, i) => p.spaces[i] !== machine.spaces[i]),
      root: p.root,
      machineRoot: machine.root,
    }))
    .filter((p) => p.own.length > 0)
    .toSorted(
      (a, b) => b.own.length - a.own.length || Number(b.root !== b.machineRoot) - Number(a.root !== a.machineRoot),
    )
  return { raft: rafts[0], docker: running.find((c) => c !== undefined)?.name }
}

const called = (raft: Raft) => `\`${raft.name}\` (PID ${raft.pid})`

const rootfs: Check = async ({ node1 }) => {
  const expected = 'the files of busybox:1.37 in the folder `rootfs`, with a shell in `rootfs/bin`'
  const look = await node1.exec([
    'sh',
    '-c',
    '[ -d rootfs ] && ls rootfs && stat -L -c %d:%i rootfs/. /; [ -x rootfs/bin/sh ] && echo shell',
  ])
  const lines = look.stdout.trim().split('\n').filter(Boolean)
  if (lines.length === 0)
    return fail({ expected, observed: `there is no folder \`rootfs\` in ${node1.folder}`, hint: 'export' })
  const [own, machine] = lines.filter((l) => /^\d+:\d+$/.test(l))
  if (own === machine) return fail({ expected, observed: '`rootfs` is the root of this machine', hint: 'link' })
  if (lines.includes('manifest.json'))
    return fail({ expected, observed: '`rootfs` holds a manifest and layers', hint: 'save' })
  if (!lines.includes('shell')) return fail({ expected, observed: 'no program `rootfs/bin/sh`', hint: 'command' })
  return pass('`rootfs` is a folder with a whole world in it')
}

const namespaces: Check = async ({ node1 }) => {
  const expected = 'a process with PID, mount, UTS, IPC and network namespaces of its own, not made by Docker'
  const { raft, docker } = await findRaft(node1)
  if (!raft)
    return docker === undefined
      ? fail({ expected, observed: 'every process is in the namespaces of this machine', hint: 'unshare' })
      : fail({ expected, observed: `\`${docker}\`, which is a container of Docker`, hint: 'docker' })
  const shared = kinds.filter((kind) => !raft.own.includes(kind))
  if (shared.length === 0) return pass(`${called(raft)} shares none of the five with this machine`)
  const observed = `${called(raft)} shares its ${shared.join(', ')} namespace${shared.length > 1 ? 's' : ''} with this machine`
  return fail({ expected, observed, hint: shared.includes('pid') ? 'fork' : 'missing' })
}

const root: Check = async ({ node1 }) => {
  const expected = 'a root of its own, and nothing of the root of this machine in sight'
  const { raft } = await findRaft(node1)
  if (!raft) return fail({ expected, observed: 'there is no process in namespaces of its own', hint: 'command' })
  if (raft.root === raft.machineRoot)
    return fail({ expected, observed: `${called(raft)} has the root of this machine`, hint: 'chroot' })
  const [mounts, machine] = await Promise.all([
    node1.read(`/proc/${raft.pid}/mountinfo`),
    node1.read('/proc/self/mountinfo'),
  ])
  const device = machine
    ?.split('\n')
    .map((l) => l.split(' '))
    .findLast((f) => f[4] === '/')?.[2]
  // Mounts that it can see: where the machine's whole root file system is mounted, nobody has taken it away.
  const old = mounts
    ?.split('\n')
    .map((l) => l.split(' '))
    .find((f) => f[2] === device && f[3] === '/')
  if (old)
    return fail({
      expected,
      observed: `in ${called(raft)}, the root of this machine lies at ${old[4]}`,
      hint: 'old-root',
    })
  const shell = await node1.exec(['test', '-e', `/proc/${raft.pid}/root/bin/sh`])
  if (shell.code !== 0) return fail({ expected, observed: `${called(raft)} has an empty root`, hint: 'command' })
  return pass(`${called(raft)} sees your folder as /`)
}

const proc: Check = async ({ node1 }) => {
  const { raft } = await findRaft(node1)
  const expected = 'in its /proc, process 1 is the first of its own PID namespace'
  if (!raft) return fail({ expected, observed: 'there is no process in namespaces of its own', hint: 'command' })
  const links = await node1.exec(['readlink', `/proc/${raft.pid}/ns/pid`, `/proc/${raft.pid}/root/proc/1/ns/pid`])
  const [own, first] = links.stdout.trim().split('\n')
  if (first === undefined) return fail({ expected, observed: `the /proc of ${called(raft)} is empty`, hint: 'mount' })
  if (first !== own)
    return fail({
      expected,
      observed: `the /proc of ${called(raft)} lists the processes of this machine`,
      hint: 'borrowed',
    })
  return pass(`${called(raft)} sees itself and its like alone`)
}

const hostname: Check = async ({ node1 }) => {
  const expected = 'the hostname `raft` for your process, and `node1` for this machine'
  const { raft } = await findRaft(node1)
  const outside = (await node1.exec(['hostname'])).stdout.trim()
  if (outside !== 'node1') return fail({ expected, observed: `this machine is called \`${outside}\``, hint: 'outside' })
  if (!raft) return fail({ expected, observed: 'there is no process in namespaces of its own', hint: 'command' })
  const inside = (await node1.exec(['nsenter', '-t', String(raft.pid), '--uts', 'hostname'])).stdout.trim()
  if (inside !== 'raft')
    return fail({ expected, observed: `for ${called(raft)} the hostname is \`${inside}\``, hint: 'uts' })
  return pass(`\`raft\` in there, \`${outside}\` out here`)
}

const cable: Check = async ({ node1 }) => {
  const expected = '10.77.0.2/24 inside, 10.77.0.1/24 out here, and an answer to ping'
  const { raft } = await findRaft(node1)
  if (!raft) return fail({ expected, observed: 'there is no process in namespaces of its own', hint: 'command' })
  const inside = (await node1.exec(['nsenter', '-t', String(raft.pid), '--net', 'ip', '-o', 'addr'])).stdout
  const links = (
    await node1.exec(['nsenter', '-t', String(raft.pid), '--net', 'ip', '-o', 'link', 'show', 'type', 'veth'])
  ).stdout
  if (links.trim() === '')
    return fail({ expected, observed: `${called(raft)} has no interface but its loopback`, hint: 'pair' })
  if (!/\s10\.77\.0\.2\/24\s/.test(inside))
    return fail({ expected, observed: 'no address 10.77.0.2/24 inside', hint: 'address' })
  if (!/[<,]UP[,>]/.test(links))
    return fail({ expected, observed: '10.77.0.2 inside, on an interface that is down', hint: 'up' })
  const outside = (await node1.exec(['ip', '-o', 'addr'])).stdout
  if (!/\s10\.77\.0\.1\/24\s/.test(outside))
    return fail({ expected, observed: 'no address 10.77.0.1/24 on this machine', hint: 'outer' })
  const ping = await node1.exec(['ping', '-c', '1', '-W', '1', '10.77.0.2'])
  if (ping.code !== 0) return fail({ expected, observed: '10.77.0.2 does not answer', hint: 'outer' })
  return pass('10.77.0.2 answers through your cable')
}

export default { rootfs, namespaces, root, proc, hostname, cable } satisfies Checks
