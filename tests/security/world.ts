/** What attacks are carried out on: nodes, started when the first attack asks for them and shared by all that do. */
import { chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { loadPrepared } from '../../infra/images/prepared.ts'
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
  /** A folder of the host that is the attacks' own, as nodes can reach it, owned by their root; with an empty file of this path in it. */
  scratch(name: string, file?: string): string
  /** Remembers what `make` answers; what can be disposed of is, at the end. */
  once<T>(make: () => Promise<T>): () => Promise<T>
  close(): Promise<void>
}

export function openWorld(instance: Instance, log: (text: string) => void): World {
  const nodes = openNodes(instance, log)
  const open: AsyncDisposable[] = []
  const started = new Map<unknown, Promise<Place>>()
  const start = (key: unknown, make: () => Promise<LabNode>): Promise<Place> => {
    const found = started.get(key) ?? make().then(createPlace)
    started.set(key, found)
    return found
  }
  const folder = path.join(instance.bound, 'attacks')
  return {
    instance,
    nodes,
    scratch(name, file) {
      const at = path.join(folder, name)
      mkdirSync(at, { recursive: true, mode: 0o755 })
      const uid = loadPrepared(instance)?.uid ?? 0
      if (file !== undefined) {
        mkdirSync(path.dirname(path.join(at, file)), { recursive: true })
        writeFileSync(path.join(at, file), '')
      }
      for (const each of readdirSync(at, { recursive: true, encoding: 'utf8' }))
        chownSync(path.join(at, each), uid, uid)
      chownSync(at, uid, uid)
      return at
    },
    real: () => start('real', () => nodes.start()),
    neighbour: () => start('neighbour', () => nodes.start()),
    weak: (weakness) => start(weakness.without, () => nodes.startWeak(weakness)),
    once(make) {
      let made: ReturnType<typeof make> | undefined
      return () => {
        made ??= make().then((each) => {
          if (typeof each === 'object' && each !== null && Symbol.asyncDispose in each)
            open.push(each as AsyncDisposable)
          return each
        })
        return made
      }
    },
    async close() {
      for (const each of open) await each[Symbol.asyncDispose]()
      await Promise.allSettled(started.values())
      await nodes.close()
      rmSync(folder, { recursive: true, force: true })
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
