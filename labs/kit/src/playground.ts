/** What can be started without a lesson: one to three empty nodes, with nothing to solve. No folder of an author stands behind it. */
import { limits, type Manifest } from './schema.ts'

export interface Playground {
  /** Looks like a lab's id, and no topic of lessons may be called so. */
  id: string
  manifest: Manifest
}

/** The topic of all of them. */
export const playgroundTopic = 'playground'

const sizes = [
  { name: 'one', title: 'Playground', machines: 'One machine' },
  { name: 'two', title: 'Playground of two', machines: 'Two machines on one network' },
  { name: 'three', title: 'Playground of three', machines: 'Three machines on one network' },
] as const

/** By number of nodes: one, two, three. */
export const playgrounds: readonly Playground[] = sizes.map(({ name, title, machines }, i) => ({
  id: `${playgroundTopic}/${name}`,
  manifest: {
    title,
    summary: `${machines}, and no task: try what you like.`,
    kind: 'playground',
    minutes: 90,
    needs: [],
    nodes: i + 1,
    // What most labs have, so that a machine that was booted ahead fits.
    limits: limits.parse({}),
    network: 'none',
    images: [],
    folder: 'work',
    values: {},
    tasks: [],
  },
}))
