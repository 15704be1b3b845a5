/** A lab as it was read from its folder: all that the server, the site's build and `verify` need. */
import type { Checks } from '../check.ts'
import { fillIn, type Manifest, type Values } from '../schema.ts'
import type { Lesson } from '../lesson/index.ts'
import { environmentOf } from './values.ts'

export interface Lab {
  /** `<topic>/<lab>`. */
  id: string
  /** Absolute path of the lab's folder. */
  folder: string
  manifest: Manifest
  /** One function for each task of the manifest. */
  checks: Checks
  /** Absolute path of `files/`, which is copied to the work folder; undefined when the learner starts with an empty one. */
  files: string | undefined
  /**
   * `setup.sh`: runs once on node1, as root, in the work folder, after the files are there; again after a reset.
   * It makes what is already running when the learner arrives. A prompt need not wait for it, grading does.
   */
  setup?: string
  /** In the order of the tasks; guards have no step. */
  solution: readonly Step[]
  mistakes: readonly Mistake[]
  /** Other right answers. */
  alternatives: readonly Alternative[]
  /** The lesson of the same id, as far as a learner types it into this lab. */
  lesson?: Lesson
}

export interface Step {
  task: string
  node: string
  /** Without its header, as shown to a learner who asks. */
  script: string
  why: string
}

export interface Mistake {
  /** File name without `.sh`; cheats begin with `cheat-`. */
  name: string
  cheat: boolean
  /** The task that must fail, and the hint that it must select. */
  task: string
  hint: string
  /** How many steps of the solution come before it. */
  after: number
  node: string
  script: string
}

/** Solves its task another way than the solution's step does, after the steps before that one. */
export interface Alternative {
  /** File name without `.sh`. */
  name: string
  task: string
  node: string
  script: string
}

/** One mistake of an author: where, and in one sentence what and how to repair it. */
export interface Problem {
  file: string
  message: string
}

/** How a step or a mistake is run in a node for one seed: the first command that fails ends it. */
export function scriptCommand(script: string, values: Values, seed: number): [string, ...string[]] {
  const set = Object.entries(environmentOf(values, seed)).map(([name, value]) => `${name}=${value}`)
  return ['env', ...set, 'bash', '-ec', fillIn(script, values)]
}
