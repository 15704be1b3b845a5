/** Whether the host can carry a node that nobody asked for yet. */
import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'

/** What must stay for labs that run: bytes of memory and of disk. */
const spare = { memory: 2 * 2 ** 30, disk: 4 * 2 ** 30 } as const

/** `folder`: where disks lie. */
export async function isRoomy(folder: string): Promise<boolean> {
  const available = Number(/^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024
  const { bavail, bsize } = await statfs(folder)
  return available > spare.memory && bavail * bsize > spare.disk
}
