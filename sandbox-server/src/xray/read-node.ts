/** One look at all that is on a node's engine. Never rejects: a node that is silent or lies is a state as well. */
import { z } from 'zod'
import type { XrayNode } from '../contract/xray.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { maybeWords, openQuestions, type Rows } from './node-answers.ts'
import { readContainers } from './read-containers.ts'
import { readImages, type KnownLayers } from './read-images.ts'
import { readNetworks, readVolumes } from './read-networks.ts'
import { readSwarm } from './read-swarm.ts'

const info = z.object({
  ServerVersion: maybeWords(40),
  Swarm: z
    .object({ LocalNodeState: z.string(), ControlAvailable: z.boolean().catch(false) })
    .catch({ LocalNodeState: 'inactive', ControlAvailable: false }),
})

export type LookedAt = Pick<RuntimeNode, 'name' | 'request'>

export async function readNode(
  node: LookedAt,
  known: KnownLayers,
  ignore: (name: string) => boolean,
): Promise<XrayNode> {
  const view: XrayNode = {
    name: node.name,
    ...{ engine: 'down', version: '', containers: [], images: [], networks: [], volumes: [], swarm: null },
    left_out: [],
  }
  const ask = openQuestions(node)
  const told = <T>(kind: XrayNode['left_out'][number], { rows, more }: Rows<T>): T[] => {
    if (more) view.left_out.push(kind)
    return rows
  }
  try {
    const answer: unknown = await ask('/info', 65_536)
    view.engine = 'strange'
    const { ServerVersion, Swarm } = info.parse(answer)
    view.version = ServerVersion
    view.containers = told('containers', await readContainers(ask, ignore))
    view.networks = told('networks', await readNetworks(ask, ignore))
    view.volumes = told('volumes', await readVolumes(ask, ignore))
    view.images = told('images', await readImages(ask, known, ignore))
    if (Swarm.LocalNodeState === 'active') {
      view.swarm = { role: 'worker', members: [], services: [], tasks: [] }
      if (Swarm.ControlAvailable) {
        const swarm = await readSwarm(ask)
        view.swarm = {
          role: 'manager',
          members: told('members', swarm.members),
          services: told('services', swarm.services),
          tasks: told('tasks', swarm.tasks),
        }
      }
    }
    view.engine = 'up'
  } catch {
    // What was read until then is told; but an engine that was stopped in the middle of it has told nothing strange.
    if (view.engine === 'strange')
      await ask('/info', 65_536).catch(() => {
        view.engine = 'down'
      })
  }
  return view
}
