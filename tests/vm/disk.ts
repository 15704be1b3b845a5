/** The disk of a typical host: Debian 13 as its installer leaves it, on one ext4 file system, with its kernel taken out beside it. */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { withMounts } from '../../infra/images/mounts.ts'
import { run, type RunOptions } from '../../infra/process.ts'

/** Where things of one disk are; all of them in one folder. */
export interface Disk {
  image: string
  kernel: string
  initrd: string
}

export const diskIn = (folder: string): Disk => ({
  image: path.join(folder, 'disk.img'),
  kernel: path.join(folder, 'vmlinuz'),
  initrd: path.join(folder, 'initrd.img'),
})

const release = 'trixie'
/** What mmdebstrap's variant `important` (the packages that Debian marks so: systemd, udev, apt, ifupdown, …) lacks of a machine that boots and is reached. */
const packages = ['linux-image-cloud-amd64', 'initramfs-tools', 'systemd-sysv', 'dbus', 'apparmor', 'openssh-server']
const size_gb = 24

/** Files of the machine, by path: its name, its disk, its network. QEMU's user network always has these addresses. */
const files: Record<string, string> = {
  'etc/hostname': 'typical\n',
  'etc/hosts': '127.0.0.1 localhost typical\n',
  'etc/fstab': 'LABEL=root / ext4 noatime 0 1\n',
  'etc/systemd/network/lan.network':
    '[Match]\nName=en*\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\nDNS=10.0.2.3\n',
}
/** Timers that would fetch packages or walk the disk while we measure. */
const silent = ['apt-daily.timer', 'apt-daily-upgrade.timer', 'e2scrub_all.timer', 'fstrim.timer', 'man-db.timer']

/** Equal keys, equal disks but for the versions that Debian's servers had on the day. */
export const diskKey = (): string =>
  createHash('sha256')
    .update(JSON.stringify([release, packages, size_gb, files, silent]))
    .digest('hex')
    .slice(0, 12)

/** Installs Debian into `folder`, with `sshKey` (a public key) let in as root. Half a disk is never left under its name. */
export async function createDisk(folder: string, sshKey: string, options: RunOptions): Promise<Disk> {
  const disk = diskIn(folder)
  const [fresh, root] = [`${disk.image}.new`, path.join(folder, 'root')]
  mkdirSync(root, { recursive: true })
  rmSync(fresh, { force: true })
  await run('truncate', ['-s', `${size_gb}G`, fresh], options)
  await run('mkfs.ext4', ['-q', '-F', '-m', '0', '-L', 'root', '-E', 'lazy_itable_init=1', fresh], options)
  await withMounts(options, async (mounts) => {
    await mounts.add(['-o', 'loop', fresh], root)
    const include = `--include=${packages.join(',')}`
    await run('mmdebstrap', ['--quiet', '--mode=root', '--variant=important', include, release, root], options)
    mkdirSync(path.join(root, 'root/.ssh'), { recursive: true, mode: 0o700 })
    writeFileSync(path.join(root, 'root/.ssh/authorized_keys'), sshKey)
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text)
    const systemctl = (...args: string[]) => run('systemctl', [`--root=${root}`, ...args], options)
    await systemctl('enable', 'systemd-networkd.service')
    await systemctl('mask', 'systemd-networkd-wait-online.service', ...silent)
    copyFileSync(path.join(root, 'vmlinuz'), disk.kernel)
    copyFileSync(path.join(root, 'initrd.img'), disk.initrd)
  })
  renameSync(fresh, disk.image)
  return disk
}

/** A copy of a disk in another folder, with `change` made to its files from outside. */
export async function copyDisk(
  from: Disk,
  folder: string,
  change: (root: string) => Promise<void>,
  options: RunOptions,
): Promise<Disk> {
  const disk = diskIn(folder)
  const root = path.join(folder, 'root')
  mkdirSync(root, { recursive: true })
  await run('cp', ['--sparse=always', '--reflink=auto', from.image, disk.image], options)
  for (const name of ['kernel', 'initrd'] as const) copyFileSync(from[name], disk[name])
  await withMounts(options, async (mounts) => {
    await mounts.add(['-o', 'loop', disk.image], root)
    await change(root)
  })
  return disk
}

/** The key with which we reach the machine, made once. Answers the private key's file and the public key. */
export async function sshKey(folder: string, options: RunOptions): Promise<{ file: string; text: string }> {
  const file = path.join(folder, 'key')
  if (!existsSync(file)) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file], options)
  return { file, text: readFileSync(`${file}.pub`, 'utf8') }
}
