/** Reads all labs below a folder. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Lab, Problem } from './lab.ts'
import { loadLab } from './load-lab.ts'

/** `labs`: by id, sorted, only those without a problem. `problems`: every mistake of every author; `file` is relative to the folder. */
export interface Catalogue {
  labs: ReadonlyMap<string, Lab>
  problems: readonly Problem[]
}

/** Whatever is not a folder `<topic>/<lab>` is passed over, and so is the kit itself. */
export async function loadCatalogue(labsFolder: string): Promise<Catalogue> {
  const labs = new Map<string, Lab>()
  const problems: Problem[] = []
  for (const topic of await folders(labsFolder)) {
    if (topic === 'kit') continue
    for (const name of await folders(path.join(labsFolder, topic))) {
      const loaded = await loadLab(path.resolve(labsFolder, topic, name))
      if (loaded.lab) labs.set(loaded.lab.id, loaded.lab)
      problems.push(...loaded.problems)
    }
  }
  return { labs, problems }
}

async function folders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((e) => e.isDirectory() && !e.name.startsWith('.') && e.name !== 'node_modules')
    .map((e) => e.name)
    .toSorted()
}
