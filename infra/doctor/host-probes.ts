/** What the lab engine itself takes of the host. */
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import path from 'node:path'
import { engineVersion } from '../engine/lab-engine.ts'
import { findProgram } from '../host/programs.ts'
import type { Instance } from '../instance.ts'
import { no, yes, type Finding, type Probe } from './capability.ts'
import { firstLine, kernelModule, readCgroups, readNumber, readText, refusal, wouldLoad } from './host-facts.ts'

const isRoot = () => process.getuid?.() === 0
const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`

function distribution(): Finding {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const of = (key: string) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(text)?.[1] ?? ''
  const known = of('ID') === 'debian' && ['12', '13'].includes(of('VERSION_ID')) && process.arch === 'x64'
  return { value: `${of('PRETTY_NAME') || 'unknown'}, ${process.arch}${known ? '' : ' (not tried)'}`, ok: known }
}

/** Mounts an overlay on the state folder's disk, in a mount namespace that ends with the trial. */
async function overlay(instance: Instance): Promise<Finding> {
  if (!isRoot())
    return kernelModule('overlay') ? yes('module there; not tried without root') : no('cannot tell without root')
  if (wouldLoad('overlay')) return yes('module available')
  const folder = mkdtempSync(path.join(instance.state, 'probe-'))
  try {
    for (const name of ['lower', 'upper', 'work', 'merged']) mkdirSync(path.join(folder, name))
    const options = `lowerdir=${folder}/lower,upperdir=${folder}/upper,workdir=${folder}/work`
    const why = await refusal('unshare', [
      '--mount',
      'mount',
      '-t',
      'overlay',
      'probe',
      '-o',
      options,
      `${folder}/merged`,
    ])
    return why === null ? yes(`works in ${instance.state}`) : no(why)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function delegation(): Finding {
  const { version, folders } = readCgroups()
  const root = folders.get('memory') ?? folders.get('pids')
  if (root === undefined) return no('no controllers')
  const line = readText('/proc/self/mounts')
    ?.split('\n')
    .find((l) => l.split(' ')[1] === root)
  const readOnly = line?.split(' ')[3]?.split(',').includes('ro') ?? false
  return readOnly ? no(`${root} is mounted read-only`) : yes(`cgroup v${version}, writable`)
}

async function networkNamespace(): Promise<Finding> {
  if (!isRoot()) return no('cannot tell without root')
  if (wouldLoad('bridge', 'veth')) return yes('modules available')
  const trial = 'ip link add probe0 type bridge && ip link add probe1 type veth peer name probe2'
  const why = await refusal('unshare', ['--net', 'sh', '-c', trial])
  return why === null ? yes('namespaces, bridges, veth pairs') : no(why)
}

/** In a network namespace of its own: the host's rules are neither read nor touched. */
async function iptables(): Promise<Finding> {
  if (!findProgram('iptables')) return no('not installed yet (npm start installs it)')
  const version = (await firstLine('iptables', ['--version'])) ?? 'unknown version'
  if (!isRoot() || wouldLoad('ip_tables', 'nf_tables', 'nft_compat')) return yes(version)
  const why = await refusal('unshare', [
    '--net',
    'iptables',
    '-w',
    '-t',
    'nat',
    '-A',
    'POSTROUTING',
    '-s',
    '192.0.2.0/24',
    '-j',
    'MASQUERADE',
  ])
  return why === null ? yes(version) : no(`${version}: ${why}`)
}

async function dockerd(): Promise<Finding> {
  const file = findProgram('dockerd')
  if (!file) return no('not installed yet (npm start installs it)')
  return yes((await firstLine(file, ['--version'])) ?? file)
}

/** All nodes' roots are one user of the host to the kernel's quotas a user, so these bound how many nodes there can be. */
function quota(file: string, enough: number): Finding {
  const value = readNumber(file)
  return value === undefined
    ? yes('no such limit')
    : { value: `${value}${value < enough ? ` (${enough} is enough for a class)` : ''}`, ok: value >= enough }
}

function diskFree(instance: Instance): Finding {
  const disk = statfsSync(instance.state)
  const free = disk.bavail * disk.bsize
  const built = existsSync(instance.build)
  return { value: `${gigabytes(free)} where ${instance.state} is`, ok: free > (built ? 2 : 6) * 1024 ** 3 }
}

export const hostProbes = (instance: Instance): readonly Probe[] => [
  {
    name: 'root',
    required: true,
    without: 'no lab engine: it makes namespaces, mounts and cgroups',
    find: () => (isRoot() ? yes('yes') : no('not root: some rows are guesses')),
  },
  {
    name: 'distribution',
    without: 'nobody has tried it: Debian 12 and 13 on amd64 are what is tested',
    find: distribution,
  },
  {
    name: 'kernel',
    required: true,
    without: 'no overlay in user namespaces (before 5.11)',
    find: () => ({ value: release(), ok: newer(release(), 5, 11) }),
  },
  {
    name: 'processors',
    without: 'labs start slowly',
    find: () => ({ value: String(cpus().length), ok: cpus().length >= 2 }),
  },
  {
    name: 'memory',
    without: 'room for a few labs only',
    find: () => ({ value: gigabytes(totalmem()), ok: totalmem() > 3.5 * 1024 ** 3 }),
  },
  {
    name: 'disk-free',
    without: 'images cannot be built (6 GiB), or nodes not started (2 GiB)',
    find: () => diskFree(instance),
  },
  { name: 'cgroups', required: true, without: 'no lab engine: nodes are limited by cgroups', find: delegation },
  { name: 'overlay', required: true, without: 'no lab engine: images are layers', find: () => overlay(instance) },
  {
    name: 'network-namespace',
    required: true,
    without: 'no lab engine: it lives in a network of its own',
    find: networkNamespace,
  },
  {
    name: 'iptables',
    required: true,
    without: 'no lab engine: nodes are fenced by rules in its own namespace',
    find: iptables,
  },
  {
    name: 'br-netfilter',
    without: "port publishing between a node's containers may go unfiltered",
    find: () => found(kernelModule('br_netfilter') ?? (existsSync('/proc/sys/net/bridge') ? 'built in' : null)),
  },
  { name: 'dockerd', required: true, without: 'no lab engine', find: dockerd },
  { name: 'lab-engine', without: 'nothing: npm start starts it', find: async () => lab(await engineVersion(instance)) },
  {
    name: 'inotify-instances',
    without: 'fewer nodes at once',
    find: () => quota('/proc/sys/fs/inotify/max_user_instances', 128),
  },
  {
    name: 'inotify-watches',
    without: 'fewer nodes at once',
    find: () => quota('/proc/sys/fs/inotify/max_user_watches', 65_536),
  },
  {
    name: 'kernel-keys',
    without: 'fewer containers at once: each takes a key of one quota',
    find: () => quota('/proc/sys/kernel/keys/maxkeys', 200),
  },
  {
    name: 'pseudo-terminals',
    without: 'fewer terminals at once: the kernel has one count for all of the host, which one learner can use up',
    find: () => quota('/proc/sys/kernel/pty/max', 1024),
  },
  { name: 'process-ids', without: 'fewer processes at once', find: () => quota('/proc/sys/kernel/pid_max', 32_768) },
]

const found = (state: string | null): Finding => (state === null ? no('not there') : yes(state))
const lab = (version: string | null): Finding => (version === null ? no('not running') : yes(`running, ${version}`))

function newer(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}
