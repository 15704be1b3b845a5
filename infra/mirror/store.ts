/** What the mirror of every session serves, built once: the preloaded images as a registry's disk, and the package indexes. Read-only and shared. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import type { ImageDefinition } from '../images/definition.ts'
import type { Layer } from '../images/layers.ts'
import { writeIndexes } from './package-indexes.ts'
import { writeRegistry } from './registry-layout.ts'

/** Changes with the packages and with the code that writes the store. */
export function storeVersion(): string {
  const hash = createHash('sha256')
  const visit = (folder: string) => {
    for (const name of readdirSync(folder).toSorted()) {
      const file = path.join(folder, name)
      if (statSync(file).isDirectory()) visit(file)
      else hash.update(`${name}\n`).update(readFileSync(file))
    }
  }
  visit(import.meta.dirname)
  return hash.digest('hex')
}

/** `folder`: where the store shall be; one that is there is kept. `uid`: host id of root in the sessions' user namespace. */
export async function buildStore(
  images: readonly { definition: ImageDefinition; layers: readonly Layer[] }[],
  folder: string,
  uid: number,
): Promise<void> {
  if (existsSync(folder)) return
  const fresh = `${folder}.new`
  await run('rm', ['-rf', '--one-file-system', fresh])
  mkdirSync(fresh, { recursive: true })
  writeRegistry(images, path.join(fresh, 'registry'))
  writeIndexes(path.join(fresh, 'packages'))
  // The registry makes new tags beside old ones, so folders are its own. Blobs stay ours: they are the builder's archives.
  const owned = ['(', '-type', 'd', '-o', '-name', 'link', ')']
  await run('find', [fresh, ...owned, '-exec', 'chown', `${uid}:${uid}`, '{}', '+'])
  renameSync(fresh, folder)
}
