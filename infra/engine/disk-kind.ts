/** What the disk of a node can be on this host: a file behind a loop device, or memory where there are no such devices, as in most containers. */
import { accessSync, constants } from 'node:fs'
import { release } from 'node:os'
import { run } from '../process.ts'

export type DiskKind = 'loop' | 'memory'

/** Null: neither. Asks for a free device and takes none. */
export async function findDiskKind(): Promise<DiskKind | null> {
  try {
    const device = (await run('losetup', ['--find'])).trim()
    accessSync(device, constants.R_OK | constants.W_OK)
    return 'loop'
  } catch {
    return decideWithoutLoop(release())
  }
}

/** The root file system of a node is an overlay whose changes need attributes of users, which memory keeps since Linux 6.6. */
export function decideWithoutLoop(kernel: string): DiskKind | null {
  const [major = 0, minor = 0] = kernel.split('.').map(Number)
  return major > 6 || (major === 6 && minor >= 6) ? 'memory' : null
}
