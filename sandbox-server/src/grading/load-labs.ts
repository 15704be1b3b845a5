/** Loads the labs of a folder through the kit's catalogue, and packs their start files. */
import { loadCatalogue } from '@drydock/kit/catalogue'
import { packFiles } from './pack-files.ts'
import type { Lab } from './lab.ts'

export interface LoadedLabs {
  /** In alphabetical order of their ids. */
  labs: ReadonlyMap<string, Lab>
  /** One sentence for each mistake of an author, with its file. A broken lab is a problem, not an accident: the others load. */
  problems: string[]
}

/** `root`: the folder that holds `<topic>/<lab>/lab.yaml`. */
export async function loadLabs(root: string): Promise<LoadedLabs> {
  const catalogue = await loadCatalogue(root)
  const labs = new Map<string, Lab>()
  for (const [id, lab] of catalogue.labs) labs.set(id, { ...lab, files: lab.files ? await packFiles(lab.files) : null })
  return { labs, problems: catalogue.problems.map((p) => `${p.file} ${p.message}`) }
}
