/**
 * Whose a node is. A node that was booted ahead gets its learner by one atomic step, the renaming of its container to
 * `<session>-<node>`: Docker cannot change labels, and a name is stored by the engine just as they are. Its disk and network keep the
 * name under which they were made, its home, which a label tells; a node that was made for a session has the session as its home.
 */
import { randomBytes } from 'node:crypto'
import type Docker from 'dockerode'

export const labels = {
  /** Under which disk and network are named. */
  home: 'drydock.home',
  node: 'drydock.node',
  spec: 'drydock.spec',
  /** What a node in the pool was made from; see `poolClass`. */
  pool: 'drydock.pool',
  /** Of a network: nodes on it may go out. */
  open: 'drydock.open',
} as const

const poolPrefix = 'pool'

export const createHome = () => `${poolPrefix}${randomBytes(6).toString('hex')}`
export const isPoolHome = (home: string) => home.startsWith(poolPrefix)

/** Name of the container, and of its disk. `of`: the session, or the home. */
export const nameIn = (of: string, node: string) => `${of}-${node}`

/** The session, or for a node in the pool the home, by the container's name. */
export const ownerIn = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('-')))
export const ownerOf = (container: Docker.ContainerInfo) => ownerIn(container.Names[0]?.slice(1) ?? '')
