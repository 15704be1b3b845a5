/** A lab as the server holds it in memory: the manifest, its checks, its solutions and the start files packed for a node. */
import type { Checks } from '@drydock/kit'
import type { Manifest, Task } from '@drydock/kit/schema'

/** One step of the reference solution: `why` is its leading comment, `script` the shell below it. */
export interface Solution {
  /** The `NN` of `NN-<task>.sh`. */
  step: number
  task: string
  why: string
  script: string
}

export interface Lab {
  /** `<topic>/<lab>`. */
  id: string
  /** Absolute path of the lab's folder. */
  folder: string
  manifest: Manifest
  checks: Checks
  /** In the order of their steps. */
  solutions: readonly Solution[]
  /** `files/` as a tar archive for `RuntimeNode.unpack`; null when the lab has none. */
  files: Buffer | null
}

export function findTask(lab: Lab, id: string): Task | undefined {
  return lab.manifest.tasks.find((task) => task.id === id)
}
