/** A node's disk: one ext4 file, a sparse copy of a template that already holds the skeleton of all images. Bytes and inodes end where it ends. */
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { rename, statfs } from 'node:fs/promises'
import path from 'node:path'
import { findDiskKind, type DiskKind } from '../../../../infra/engine/disk-kind.ts'
import type { Prepared } from '../../../../infra/images/prepared.ts'
import { tool } from './tools.ts'

export interface Disks {
  /** Makes and mounts the disk of a node; answers the folder to give to its container. An existing one is mounted again. */
  open(node: string, disk_mb: number, prepared: Prepared): Promise<string>
  /** The same with `lower`, a folder that many share, showing through until something is written over it. */
  openOver(node: string, lower: string, disk_mb: number, prepared: Prepared): Promise<string>
  /** Unmounts and deletes; there may be nothing. */
  remove(node: string): Promise<void>
  /** Removes what a killed process left half made. */
  removeLeftovers(): Promise<void>
  /** Bytes that a node's disk takes of the host; 0 when there is none. */
  size(node: string): number
  /** Names of all nodes that have a disk. */
  list(): string[]
}

/** Bytes for a start on a full disk. */
const reserve = 2 * 2 ** 20

const flags = ['-o', 'loop,nosuid,nodev,noatime']

/** `folder`: the instance's disks; `golden`: the folder of golden trees. */
export function createDisks(folder: string, golden: string): Disks {
  const templates = new Map<string, Promise<string>>()
  let kind: Promise<DiskKind | null> | undefined
  const image = (node: string) => path.join(folder, `${node}.img`)
  const mounted = (node: string) => path.join(folder, node)
  const over = (node: string) => path.join(folder, `${node}.over`)

  async function makeTemplate(disk_mb: number, prepared: Prepared): Promise<string> {
    const file = path.join(folder, `template-${prepared.golden}-${prepared.uid}-${disk_mb}.ext4`)
    if (existsSync(file)) return file
    const fresh = `${file}.${process.pid}`
    const at = `${fresh}.mounted`
    await tool('truncate', '-s', `${disk_mb}M`, fresh)
    // No journal: a node's disk ends with its session, and after a crash of the host it is made anew.
    await tool('mkfs.ext4', '-q', '-F', '-m', '0', '-O', '^has_journal', '-E', 'lazy_itable_init=1', fresh)
    mkdirSync(at, { recursive: true })
    await tool('mount', ...flags, fresh, at)
    try {
      mkdirSync(path.join(at, 'docker'))
      await tool('tar', '-xf', path.join(golden, prepared.golden, 'skeleton.tar'), '-C', path.join(at, 'docker'))
      await tool('chown', '-hR', `${prepared.uid}:${prepared.uid}`, at)
    } finally {
      await tool('umount', at)
      rmSync(at, { recursive: true })
    }
    await tool('mv', fresh, file)
    return file
  }

  /**
   * A start writes a little, and a learner may have filled the disk to its last byte. So a part of it is kept where no node sees it, and
   * given up for a start that would have nothing else.
   */
  async function keepRoom(at: string): Promise<string> {
    const file = path.join(at, 'reserve')
    const { bavail, bsize } = await statfs(at)
    if (bavail * bsize < reserve) rmSync(file, { force: true })
    else if (!existsSync(file) && bavail * bsize > 8 * reserve) await tool('fallocate', '-l', String(reserve), file)
    return at
  }

  /** Of the same size, where there are no loop devices. The node's memory limit counts what is written to it. */
  async function mountMemory(at: string, disk_mb: number, prepared: Prepared): Promise<void> {
    // As many inodes as ext4 gives a disk of this size.
    const options = `size=${disk_mb}m,nr_inodes=${disk_mb * 64},mode=755,nosuid,nodev,noatime`
    await tool('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', at)
    mkdirSync(path.join(at, 'docker'))
    await tool('tar', '-xf', path.join(golden, prepared.golden, 'skeleton.tar'), '-C', path.join(at, 'docker'))
    await tool('chown', '-hR', `${prepared.uid}:${prepared.uid}`, at)
  }

  /** What a process was making when it was killed; its number ends the name. */
  async function removeLeftovers(): Promise<void> {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const pid = /\.(?:img|ext4)\.(\d+)(?:\.mounted)?$/.exec(name)?.[1]
      if (pid === undefined || existsSync(`/proc/${pid}`)) continue
      const at = path.join(folder, name)
      if (await isMounted(at)) await tool('umount', at)
      rmSync(at, { recursive: true, force: true })
    }
  }

  const disks: Disks = {
    async open(node, disk_mb, prepared) {
      const at = mounted(node)
      mkdirSync(at, { recursive: true, mode: 0o711 })
      if (await isMounted(at)) return keepRoom(at)
      if ((await (kind ??= findDiskKind())) === 'memory') {
        // Says that there is such a disk.
        writeFileSync(image(node), '')
        await mountMemory(at, disk_mb, prepared)
        return at
      }
      if (!existsSync(image(node))) {
        const key = `${prepared.golden} ${disk_mb}`
        const template = templates.get(key) ?? makeTemplate(disk_mb, prepared)
        templates.set(key, template)
        template.catch(() => templates.delete(key))
        // Aside first: a copy that a kill cut short must not pass for a disk.
        const fresh = `${image(node)}.${process.pid}`
        await tool('cp', '--sparse=always', '--reflink=auto', await template, fresh)
        await rename(fresh, image(node))
      }
      await tool('mount', ...flags, image(node), at)
      return keepRoom(at)
    },

    async openOver(node, lower, disk_mb, prepared) {
      const [disk, at] = [await disks.open(node, disk_mb, prepared), over(node)]
      mkdirSync(at, { recursive: true, mode: 0o711 })
      if (await isMounted(at)) return at
      const [upper, work] = [path.join(disk, 'upper'), path.join(disk, 'work')]
      for (const each of [upper, work]) {
        mkdirSync(each, { recursive: true })
        chownSync(each, prepared.uid, prepared.uid)
      }
      const options = `lowerdir=${lower},upperdir=${upper},workdir=${work},nosuid,nodev`
      await tool('mount', '-t', 'overlay', 'overlay', '-o', options, at)
      return at
    },

    async remove(node) {
      for (const at of [over(node), mounted(node)]) {
        if (!existsSync(at)) continue
        // A mount namespace that is just ending may still hold it; detached, it goes with the last user.
        if (await isMounted(at)) await tool('umount', at).catch(() => tool('umount', '-l', at))
        rmSync(at, { recursive: true, force: true })
      }
      rmSync(image(node), { force: true })
    },

    removeLeftovers,

    size: (node) => (statSync(image(node), { throwIfNoEntry: false })?.blocks ?? 0) * 512,

    list: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('.img'))
            .map((name) => name.slice(0, -4))
        : [],
  }
  return disks
}

const isMounted = (at: string) =>
  tool('mountpoint', '-q', at).then(
    () => true,
    () => false,
  )
