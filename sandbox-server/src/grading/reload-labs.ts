/** Takes over what an author has changed while the server runs (`labs dev`), in place: sessions that hold a lab go on with the new one. */
import type { Lab } from './lab.ts'
import { loadLabs } from './load-labs.ts'

/**
 * `labs`: those of the server, changed here. Checks, hints and solutions count at once; files and setup.sh for the next machine, tasks and
 * values for the next session. A lab that cannot be read stays as it was. Resolves with what is wrong, one sentence each.
 */
export async function reloadLabs(labs: Map<string, Lab>, root: string): Promise<string[]> {
  const loaded = await loadLabs(root)
  for (const [id, fresh] of loaded.labs) {
    const held = labs.get(id)
    if (!held) labs.set(id, fresh)
    else {
      delete held.setup
      delete held.lesson
      Object.assign(held, fresh)
    }
  }
  return loaded.problems
}
