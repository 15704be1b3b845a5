/** A new Debian machine as far as it matters: root file system, processes and mounts of its own, no Node, no Docker, and no network but its loopback. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What a command said on both streams. */
export interface Said {
  code: number | null
  output: string
}

export function run(command: string, ...args: string[]): Promise<Said> {
  const child = spawn(command, args, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

const enter = `
  mount --make-rprivate / && mount --bind "$1" "$1" && cd "$1"
  mount -t proc proc proc && mount --rbind /sys sys && mount --rbind /dev dev && mount -t tmpfs tmpfs run
  mkdir -p .old && pivot_root . .old && cd / && umount -l /.old && ip link set lo up
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root sh /root/inside.sh`

/** Installs it into `folder`, of this host's own release, moves what is in the bundle to /root there, and runs `script` as root in /root/drydock. */
export async function onFreshMachine(folder: string, bundle: string, script: string): Promise<Said> {
  const release = /^VERSION_CODENAME=(\S+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''
  mkdirSync(folder, { recursive: true })
  const debian = await run('mmdebstrap', '--quiet', '--variant=minbase', '--include=iproute2,curl', release, folder)
  if (debian.code !== 0) return debian
  execFileSync('tar', ['-xf', bundle, '-C', path.join(folder, 'root')])
  // Gigabytes that nobody needs twice.
  rmSync(bundle)
  return inMachine(folder, `cd /root/drydock\n${script}`)
}

/** Runs a shell script as root of the system that is installed in `folder`. */
export function inMachine(folder: string, script: string): Promise<Said> {
  writeFileSync(path.join(folder, 'root/inside.sh'), script)
  const own = ['--mount', '--net', '--pid', '--uts', '--ipc', '--fork', '--kill-child']
  return run('unshare', ...own, 'sh', '-ec', enter, 'enter', folder)
}
