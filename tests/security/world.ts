/** What attacks are carried out on: nodes, started when the first attack asks for them and shared by all that do. */
import type { Instance } from '../../infra/instance.ts'
import type { Attack, Attempt } from './attack.ts'
import { createAttacker, type Attacker } from './attacker.ts'
import { openNodes, type LabNode, type Nodes } from './nodes.ts'
import type { Weakness } from './weaknesses.ts'

export interface Place extends LabNode, Attacker {}

export interface World {
  instance: Instance
  nodes: Nodes
  /** The attacker's node, as every learner has one. */
  real(): Promise<Place>
  /** The node of another learner. */
  neighbour(): Promise<Place>
  weak(weakness: Weakness): Promise<Place>
  close(): Promise<void>
}

export function openWorld(instance: Instance, log: (text: string) => void): World {
  const nodes = openNodes(instance, log)
  const started = new Map<unknown, Promise<Place>>()
  const once = (key: unknown, start: () => Promise<LabNode>): Promise<Place> => {
    const found = started.get(key) ?? start().then(createPlace)
    started.set(key, found)
    return found
  }
  return {
    instance,
    nodes,
    real: () => once('real', () => nodes.start()),
    neighbour: () => once('neighbour', () => nodes.start()),
    weak: (weakness) => once(weakness, () => nodes.startWeak(weakness)),
    async close() {
      await Promise.allSettled(started.values())
      await nodes.close()
    },
  }
}

export const createPlace = (node: LabNode): Place => ({ ...node, ...createAttacker(node.node) })

/** An attack from inside a node: the same steps on a node without one guard, and on a real one. */
export function fromNode(
  world: World,
  attack: Pick<Attack, 'name' | 'tries' | 'why' | 'limit_ms'> & {
    weakness: Weakness
    run(place: Place): Promise<Attempt>
  },
): Attack {
  const { weakness, run, ...rest } = attack
  return {
    ...rest,
    without: weakness.without,
    control: async () => run(await world.weak(weakness)),
    attempt: async () => run(await world.real()),
  }
}
