/** The person whom the clone belongs to, when we are root for them: what is built in it stays theirs. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'

/** Undefined when we are that person, or nobody's root. */
export function cloneOwner(root: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(root)
  return process.getuid?.() === 0 && uid !== 0 ? { uid, gid } : undefined
}

/** Folders in the clone where tools keep results and caches. */
const written = [
  'node_modules/.cache',
  'node_modules/.vite',
  'node_modules/.astro',
  'site/.astro',
  'site/dist',
  'test-results',
]

/** Gives files that tools made as root to the clone's owner, who could not renew them otherwise. */
export async function giveBack(root: string): Promise<void> {
  const owner = cloneOwner(root)
  if (!owner) return
  const folders = written.map((folder) => path.join(root, folder))
  // Some of them are not there; the rest is given all the same.
  await run('chown', ['-R', '-h', '--from=root', `${owner.uid}:${owner.gid}`, ...folders]).catch(() => undefined)
}
