/** Reads what of a host is not ours to change, as texts that can be compared. */
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'

export type Snapshot = Record<string, string>

const sysctls = ['/proc/sys/net', '/proc/sys/user', '/proc/sys/kernel/keys', '/proc/sys/fs/inotify']
/** Counters and what the kernel itself moves. */
const moving = /nf_conntrack_count|\/stats|random|\/flush$|_buckets$/

/** `mine`: name of the instance; lines that carry it are left out, so that the rest must be equal at any moment. */
export function takeSnapshot(mine: string): Snapshot {
  const theirs = (text: string) =>
    text
      .split('\n')
      .filter((line) => !line.includes(mine))
      .join('\n')
  const files = ['/etc/subuid', '/etc/subgid', '/etc/passwd', '/etc/group', '/usr/sbin/policy-rc.d', '/proc/swaps']
  return {
    ...Object.fromEntries(files.map((file) => [file, theirs(readIf(file))])),
    'firewall, IPv4': rules('iptables-save'),
    'firewall, IPv6': rules('ip6tables-save'),
    'links and addresses': theirs(output('ip', ['-o', 'addr']).replace(/\s+valid_lft \S+ preferred_lft \S+/g, '')),
    routes: output('ip', ['route', 'show', 'table', 'all']),
    sysctls: sysctls
      .flatMap((folder) => list(folder))
      .filter((file) => !moving.test(file))
      .map((file) => `${file}=${readIf(file)}`)
      .join('\n'),
    'Docker’s configuration': ['/etc/docker', '/etc/containerd']
      .flatMap(list)
      .map((file) => `${file}=${readIf(file)}`)
      .join('\n'),
    'services at boot': ['/etc/systemd/system', '/etc/rc2.d', '/etc/rc3.d', '/etc/rc5.d'].flatMap(list).join('\n'),
    'services now': existsSync('/run/systemd/system')
      ? theirs(output('systemctl', ['list-units', '--type=service,socket', '--state=active', '--plain', '--no-legend']))
      : '',
    'sockets of engines': ['/run/docker.sock', '/run/containerd/containerd.sock']
      .map((file) => (existsSync(file) ? `${file} ${lstatSync(file).ino}` : ''))
      .join('\n'),
  }
}

/** Wherever on the host something carries this name: empty after clean. */
export function findTraces(name: string, state: string): string[] {
  const places: [string, string][] = [
    ['mounts', readIf('/proc/self/mountinfo')],
    ['network namespaces', list('/run/netns', 0).join('\n')],
    [
      'control groups',
      [list('/sys/fs/cgroup', 0), ...list('/sys/fs/cgroup', 0).map((folder) => list(folder, 0))].flat().join('\n'),
    ],
    ['run folders', list('/run', 0).join('\n')],
    [
      'accounts',
      ['/etc/passwd', '/etc/group', '/etc/shadow', '/etc/gshadow', '/etc/subuid', '/etc/subgid'].map(readIf).join('\n'),
    ],
    ['AppArmor profiles', readIf('/sys/kernel/security/apparmor/profiles')],
    ['processes', processes().join('\n')],
    [
      'loop files',
      list('/sys/block', 0)
        .map((block) => readIf(path.join(block, 'loop/backing_file')))
        .join('\n'),
    ],
  ]
  return places
    .flatMap(([place, text]) =>
      text
        .split('\n')
        .filter((line) => line.includes(name) || line.includes(state))
        .map((line) => `${place}: ${line.trim()}`),
    )
    .concat(existsSync(state) ? [`state folder: ${state}`] : [])
}

function rules(program: string): string {
  return output(program, [])
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replace(/\[\d+:\d+\]/, ''))
    .join('\n')
}

function output(program: string, args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 })
  } catch {
    return ''
  }
}

function readIf(file: string): string {
  try {
    return lstatSync(file).isSymbolicLink() && !existsSync(file) ? readlinkSync(file) : readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Files (and, for depth 0, whatever lies directly there) below a folder, sorted; none when it cannot be read. */
function list(folder: string, depth = 12): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => {
        const file = path.join(folder, entry.name)
        return entry.isDirectory() && depth > 0 ? list(file, depth - 1) : [file]
      })
      .sort()
  } catch {
    return []
  }
}

function processes(): string[] {
  const self = new Set([String(process.pid), String(process.ppid)])
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !self.has(name))
    .map((pid) => readIf(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
}
