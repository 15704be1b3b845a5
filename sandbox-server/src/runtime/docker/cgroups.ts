/** The node's control groups on the host: hands the subtree to the node, never the limits, limits its disk's speed, and reads its CPU time. */
import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

interface Hierarchy {
  /** Folder of this container's group on the host. */
  folder: string
  version: 1 | 2
  controllers: string[]
}

/** Files that come with the folder. Of v2's list in /sys/kernel/cgroup/delegate the memory files stay ours: with them an inner OOM could end the whole node. */
const delegated = {
  1: ['cgroup.procs', 'tasks', 'cgroup.clone_children'],
  2: ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'],
} as const

/** The control group file systems of the host: type, options, folder. */
function mountedOptions(): [type: string, options: string, folder: string][] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, type, options] = / - (cgroup2?) \S+ (\S+)$/.exec(line) ?? []
      const folder = line.split(' ')[4]
      return type && options && folder ? [[type, options, folder] as [string, string, string]] : []
    })
}

/** Where the groups of a process lie. `container`: its id, which each path must contain. */
function hierarchies(pid: number, container: string): Hierarchy[] {
  const mounts = mountedOptions()
  const found: Hierarchy[] = []
  for (const line of readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n')) {
    const [, names = '', own = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    // The node may already have moved itself below, into /init.
    const cut = own.indexOf(container)
    if (cut < 0) continue
    const group =
      own.slice(0, cut + container.length) + (own.startsWith('.scope', cut + container.length) ? '.scope' : '')
    const version = names === '' ? 2 : 1
    const mount = mounts.find(([type, options]) =>
      version === 2
        ? type === 'cgroup2'
        : type === 'cgroup' && names.split(',').every((n) => options.split(',').includes(n)),
    )
    const folder = mount && path.join(mount[2], group)
    if (folder && existsSync(folder)) found.push({ folder, version, controllers: names.split(',') })
  }
  return found
}

/**
 * Gives the group folders to the node's root (`uid` on the host). Must follow every start. Not that of version 1's disk controller:
 * its limits do not count what groups below do, so a node that could make one would be without; the boot script hides it.
 */
export function delegateCgroups(pid: number, container: string, uid: number): void {
  const all = hierarchies(pid, container)
  if (all.length === 0) throw new Error(`no control group of ${container.slice(0, 12)} was found`)
  for (const { folder, version, controllers } of all)
    for (const name of controllers.includes('blkio') ? [] : ['.', ...delegated[version]]) {
      const file = path.join(folder, name)
      if (existsSync(file)) chownSync(file, uid, uid)
    }
}

/** In bytes and in operations a second, reading and writing each. */
export interface DiskSpeed {
  bytes: number
  operations: number
}

/**
 * Limits what a node reads from and writes to its own disk, by the device that the disk is. Must follow every start. Version 1 counts
 * what is read, and of what is written only what does not go through the page cache.
 */
export function limitDiskSpeed(pid: number, container: string, disk: string, { bytes, operations }: DiskSpeed): void {
  const { dev } = statSync(disk)
  // A disk in memory is no device.
  if (dev >> 8 === 0) return
  const device = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`
  for (const { folder, version, controllers } of hierarchies(pid, container)) {
    const files: [name: string, limit: string][] =
      version === 2
        ? [['io.max', `rbps=${bytes} wbps=${bytes} riops=${operations} wiops=${operations}`]]
        : (['read', 'write'] as const).flatMap((way) => [
            [`blkio.throttle.${way}_bps_device`, String(bytes)],
            [`blkio.throttle.${way}_iops_device`, String(operations)],
          ])
    if (version === 1 && !controllers.includes('blkio')) continue
    for (const [name, limit] of files)
      if (existsSync(path.join(folder, name))) writeFileSync(path.join(folder, name), `${device} ${limit}\n`)
  }
}

/** CPU time of the container and all in it, in milliseconds. */
export function cpuTime(pid: number, container: string): number {
  for (const { folder, version, controllers } of hierarchies(pid, container)) {
    if (version === 2 && existsSync(path.join(folder, 'cpu.stat')))
      return Number(/^usage_usec (\d+)/m.exec(readFileSync(path.join(folder, 'cpu.stat'), 'utf8'))?.[1] ?? 0) / 1000
    if (version === 1 && controllers.includes('cpuacct'))
      return Number(readFileSync(path.join(folder, 'cpuacct.usage'), 'utf8')) / 1e6
  }
  return 0
}

/** Memory of the container and all in it, in bytes, without what the kernel would give back at once. */
export function memoryUse(pid: number, container: string): number {
  for (const { folder, version, controllers } of hierarchies(pid, container)) {
    const [file, cache] =
      version === 2 ? ['memory.current', 'inactive_file'] : ['memory.usage_in_bytes', 'total_inactive_file']
    if (version === 1 && !controllers.includes('memory')) continue
    if (!existsSync(path.join(folder, file))) continue
    const stat = readFileSync(path.join(folder, 'memory.stat'), 'utf8')
    const unused = Number(new RegExp(`^${cache} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0)
    return Math.max(0, Number(readFileSync(path.join(folder, file), 'utf8')) - unused)
  }
  return 0
}

/** Groups that one look visits: a learner can make as many as they like. */
const maxGroups = 5000

/**
 * Lets everything in a node run again that a learner has paused. On control groups v1 a frozen process cannot even be killed,
 * so a node with one `docker pause` in it could never be removed; v2 kills frozen processes, and there is nothing to do.
 * Works by the container's id, because its first process may be dead already.
 */
export async function thawCgroups(container: string): Promise<void> {
  const freezer = mountedOptions().find(
    ([type, options]) => type === 'cgroup' && options.split(',').includes('freezer'),
  )?.[2]
  if (freezer === undefined) return
  const groups = (await subfolders(freezer)).map((parent) => path.join(parent, container))
  // Parents come before their children: a child cannot thaw while its parent is frozen.
  for (const group of groups) {
    if (groups.length < maxGroups) groups.push(...(await subfolders(group)))
    // A group may go away meanwhile, which is what is wanted.
    await writeFile(path.join(group, 'freezer.state'), 'THAWED', { flag: 'r+' }).catch(() => undefined)
  }
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.flatMap((entry) => (entry.isDirectory() ? [path.join(folder, entry.name)] : []))
}
