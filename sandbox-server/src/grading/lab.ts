/** A lab as the server holds it in memory: as the kit read it, with the start files packed for a node. */
import type { Lab as LabFolder } from '@drydock/kit/catalogue'
import type { Task } from '@drydock/kit/schema'

export interface Lab extends Omit<LabFolder, 'files'> {
  /** `files/` as a tar archive for `RuntimeNode.unpack`; null when the lab has none. */
  files: Buffer | null
}

export function findTask(lab: Lab, id: string): Task | undefined {
  return lab.manifest.tasks.find((task) => task.id === id)
}
