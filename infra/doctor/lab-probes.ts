/** The abilities that labs may ask for in `needs`; names as in the kit's schema. */
import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findDiskKind } from '../engine/disk-kind.ts'
import { no, yes, type Finding, type Probe } from './capability.ts'
import { kernelModule, kernelOption, readCgroups, readNumber, readText, refusal, someCgroupHas } from './host-facts.ts'

/**
 * Is the limit's file there in a cgroup that is not the root? As root it is tried on an empty cgroup, which is removed at
 * once; otherwise existing ones are looked at.
 */
function cgroupLimit(controller: string, v1File: string, v2File: string): Finding {
  const { version, folders } = readCgroups()
  const root = folders.get(controller === 'io' && version === 1 ? 'blkio' : controller)
  if (root === undefined) return no(`no ${controller} controller in cgroup v${version}`)
  const file = version === 1 ? v1File : v2File
  if (
    version === 2 &&
    process.getuid?.() === 0 &&
    !readText(path.join(root, 'cgroup.subtree_control'))?.split(' ').includes(controller)
  )
    return yes(`cgroup v2, ${controller} (not yet enabled below the root; the engine does it)`)
  if (process.getuid?.() !== 0)
    return someCgroupHas(root, file) ? yes(`cgroup v${version}`) : no(`cgroup v${version} has no ${file}`)
  const trial = path.join(root, `drydock-probe-${process.pid}`)
  try {
    mkdirSync(trial)
    return existsSync(path.join(trial, file)) ? yes(`cgroup v${version}`) : no(`cgroup v${version} has no ${file}`)
  } catch (error) {
    return no(`cgroup v${version} is not writable (${(error as NodeJS.ErrnoException).code ?? 'failed'})`)
  } finally {
    if (existsSync(trial)) rmdirSync(trial)
  }
}

async function userNamespaces(): Promise<Finding> {
  const max = readNumber('/proc/sys/user/max_user_namespaces')
  const why = await refusal('unshare', ['--user', '--map-root-user', '--mount', '--net', 'true'])
  if (why === null) return yes(max === undefined ? 'yes' : `yes, at most ${max}`)
  return no(max === 0 ? 'forbidden by user.max_user_namespaces=0' : why)
}

async function diskQuota(): Promise<Finding> {
  const kind = process.getuid?.() === 0 ? await findDiskKind() : existsSync('/dev/loop-control') ? 'loop' : null
  if (kind === null) return no('no loop devices (/dev/loop-control), and no user attributes in memory before Linux 6.6')
  if (kind === 'memory')
    return yes(
      "in memory, for there are no loop devices: what a node writes counts against its memory limit, and is gone when the node's machine or container restarts",
    )
  const ext4 = readText('/proc/filesystems')?.includes('ext4') ? 'there' : kernelModule('ext4')
  return ext4 === null ? no('no ext4 in this kernel') : yes('ext4 in loop files')
}

/** Nodes need its settings, which the kernel shows in user namespaces since 6.10. A node tries it for itself when it starts (`mesh.c`). */
async function ipvs(): Promise<Finding> {
  const loaded = existsSync('/proc/net/ip_vs')
  const found = loaded ? 'loaded' : kernelModule('ip_vs')
  if (!found)
    return no(kernelOption('IP_VS') === 'n' ? 'not in this kernel (CONFIG_IP_VS is not set)' : 'no ip_vs module')
  const [major = 0, minor = 0] = os.release().split('.').map(Number)
  const shown = loaded
    ? (await refusal('unshare', ['--user', '--map-root-user', '--net', 'test', '-w', ipvsSetting])) === null
    : major > 6 || (major === 6 && minor >= 10)
  return shown ? yes(`${found}, and nodes may use it`) : no(`${found}, but kept from nodes by kernels before 6.10`)
}
const ipvsSetting = '/proc/sys/net/ipv4/vs/conntrack'

/** In a network namespace that ends with the trial; a module is not made to load for it. */
async function vxlan(): Promise<Finding> {
  const found = kernelModule('vxlan')
  if (found === 'available') return yes('module available')
  if (process.getuid?.() !== 0) return found ? yes(found) : no('cannot tell without root')
  const why = await refusal('unshare', [
    '--net',
    'ip',
    'link',
    'add',
    'probe',
    'type',
    'vxlan',
    'id',
    '1',
    'dstport',
    '4789',
  ])
  return why === null ? yes(found ?? 'works') : no(why)
}

function apparmor(): Finding {
  if (readText('/sys/module/apparmor/parameters/enabled') !== 'Y') return no('not enabled')
  return existsSync('/sys/kernel/security/apparmor')
    ? yes('enabled, with a profile of ours for nodes')
    : no('enabled, but out of reach: /sys/kernel/security is not mounted here, as in a container')
}

/** Version 1 does not know in whose name the kernel writes what went through the page cache. */
function blockIo(): Finding {
  const found = cgroupLimit('io', 'blkio.throttle.read_bps_device', 'io.max')
  const partly = found.ok && readCgroups().version === 1
  return partly ? yes(`${found.value}: reads, and writes past the page cache alone`) : found
}

export const labProbes: readonly Probe[] = [
  {
    name: 'user-namespaces',
    required: true,
    without: 'no labs at all: root in a node must be nobody on the host',
    find: userNamespaces,
  },
  {
    name: 'memory-limit',
    required: true,
    without: 'no labs at all: nodes could take all memory',
    find: () => cgroupLimit('memory', 'memory.limit_in_bytes', 'memory.max'),
  },
  {
    name: 'cpu-limit',
    required: true,
    without: 'no labs at all: nodes could take all processors',
    find: () => cgroupLimit('cpu', 'cpu.cfs_quota_us', 'cpu.max'),
  },
  {
    name: 'pids-limit',
    required: true,
    without: 'no labs at all: a fork bomb in a node would reach the host',
    find: () => cgroupLimit('pids', 'pids.max', 'pids.max'),
  },
  { name: 'disk-quota', required: true, without: 'no labs at all: nodes could fill the disk', find: diskQuota },
  {
    name: 'seccomp',
    required: true,
    without: 'no labs at all: nodes would see the whole kernel interface',
    find: () => {
      const actions = readText('/proc/sys/kernel/seccomp/actions_avail')
      return actions?.includes('errno') ? yes('filters') : no('no seccomp filters in this kernel')
    },
  },
  { name: 'ipvs', without: "labs on swarm's virtual IPs and routing mesh", find: ipvs },
  { name: 'vxlan', without: 'labs on overlay networks between nodes', find: vxlan },
  {
    name: 'block-io-limit',
    without: 'a node can keep the disk busy for others',
    find: blockIo,
  },
  { name: 'apparmor', without: 'labs on AppArmor; nodes lack one of their layers of protection', find: apparmor },
]
