/** Nodes that are booted ahead: the pool's own making of them, and how one becomes a session's. */
import type Docker from 'dockerode'
import type { Prepared } from '../../../../infra/images/prepared.ts'
import type { RuntimeNode, SessionSpec } from '../port.ts'
import { limitNode } from './boot-node.ts'
import { homeOfDisk, specOf } from './find-sessions.ts'
import { createHome, isPoolHome, labels, nameIn, ownerOf } from './homes.ts'
import { kindOf, nodeNames, poolClass, poolSpec, resources } from './node-container.ts'
import { Pool, type RuntimeLog, type WarmSet } from './pool.ts'
import type { SessionNodes } from './session-nodes.ts'
import { openSpare, type SpareExec } from './spare-exec.ts'

/** Milliseconds after a claim in which what was begun ahead may still be used. */
const spareFor = 5000

export interface WarmNodesOptions {
  engine: Docker
  nodes: SessionNodes
  logger: RuntimeLog
  prepared: () => Prepared
  /** Ours on the engine, running or not. */
  containers(): Promise<Docker.ContainerInfo[]>
  make(spec: SessionSpec, signal: AbortSignal, progress: (text: string) => void): Promise<unknown>
  /** Of a session or of a home, with all that is there of it. */
  remove(owner: string): Promise<void>
  /** The host can carry so many more nodes. */
  roomy(nodes: number): Promise<boolean>
}

export function createWarmNodes(options: WarmNodesOptions) {
  const { engine, nodes: sessionNodes, logger, prepared, containers, make, remove, roomy } = options
  const making = new Set<string>()
  /** Of nodes in the pool: for what is done at the claim, for the start files, for the first terminal. */
  const spares = new Map<string, SpareExec[]>()
  async function dropWarm(home: string): Promise<void> {
    for (const [name, waiting] of spares)
      if (homeOfDisk(name) === home) {
        for (const spare of waiting) spare.close()
        spares.delete(name)
      }
    await remove(home)
  }
  async function prepareSpares(home: string, nodes: number): Promise<void> {
    await Promise.all(
      nodeNames({ nodes }).map(async (node, i) => {
        const container = engine.getContainer(nameIn(home, node))
        const begun = Array.from({ length: i === 0 ? 3 : 2 }, () => openSpare(container))
        spares.set(nameIn(home, node), await Promise.all(begun))
      }),
    )
  }
  const pool = new Pool(
    {
      async find() {
        const mine = Map.groupBy(
          (await containers()).filter((each) => isPoolHome(ownerOf(each))),
          ownerOf,
        )
        const found = await Promise.all([...mine].map(([home, nodes]) => adoptSet(home, nodes)))
        return found.flatMap((set) => set ?? [])
      },
      async make(kind, signal) {
        const home = createHome()
        making.add(home)
        try {
          await make(poolSpec(home, kind), signal, () => undefined)
          await prepareSpares(home, kind.nodes)
          return home
        } finally {
          making.delete(home)
        }
      },
      remove: dropWarm,
      roomy,
    },
    logger,
  )

  /** A set that an earlier server left; null, and removed, when it is not whole. */
  async function adoptSet(home: string, nodes: Docker.ContainerInfo[]): Promise<WarmSet | null> {
    const spec = nodes[0] && specOf(nodes[0])
    const good =
      spec?.nodes === nodes.length && (await Promise.all(nodes.map((each) => isReady(each, spec)))).every(Boolean)
    if (!good) {
      await remove(home)
      return null
    }
    await prepareSpares(home, spec.nodes)
    return { home, ...kindOf(spec) }
  }

  /** Of today's make, and its engine answers: a kill may have come while it booted. */
  async function isReady(each: Docker.ContainerInfo, spec: SessionSpec): Promise<boolean> {
    if (each.State !== 'running' || each.Labels[labels.pool] !== poolClass(prepared(), kindOf(spec))) return false
    const node = sessionNodes.nodeOf(spec, each.Labels[labels.node] ?? '')
    try {
      await limitNode(await engine.getContainer(each.Id).inspect(), prepared().uid)
      await node.request('GET', '/_ping')
      return true
    } catch {
      return false
    } finally {
      sessionNodes.forget(nameIn(spec.session, node.name))
    }
  }

  /** A node that was booted ahead, or null when none fits. One that is broken is removed, and the next one tried. */
  async function start(spec: SessionSpec, signal: AbortSignal): Promise<RuntimeNode[] | null> {
    // A network cannot be given another way.
    if (spec.network === 'open') return null
    for (let home = pool.take(kindOf(spec)); home !== undefined; home = pool.take(kindOf(spec)))
      try {
        const from = home
        const nodes = await Promise.all(nodeNames(spec).map((name) => claim(from, name, spec)))
        signal.throwIfAborted()
        await sessionNodes.connect(spec, home, Promise.resolve(nodes), signal)
        return nodes
      } catch (error) {
        await Promise.all([dropWarm(home), remove(spec.session)])
        signal.throwIfAborted()
        logger.warn({ err: error, home, session: spec.session }, 'a node of the pool was not usable')
      }
    return null
  }

  /**
   * All that tells a claimed node from one made for the session: its name, which makes it the session's (`homes.ts`), its
   * limits and CPU weight, its work folder. Host name (`node1`), network, siblings' names, disk and engine are as they are,
   * the seed is for checks alone, and start files are put in afterwards as in every node.
   */
  async function claim(home: string, name: string, spec: SessionSpec): Promise<RuntimeNode> {
    sessionNodes.forget(nameIn(home, name))
    const container = engine.getContainer(nameIn(home, name))
    await container.rename({ name: nameIn(spec.session, name) })
    const mine = spares.get(nameIn(home, name)) ?? []
    spares.delete(nameIn(home, name))
    const node = sessionNodes.nodeOf(spec, name, mine)
    // Nothing of ours waits in a node for long.
    setTimeout(() => mine.splice(0).forEach((spare) => spare.close()), spareFor).unref()
    const [made] = await Promise.all([
      node.exec(['mkdir', '-p', node.folder], { cwd: '/' }),
      engine.getContainer(nameIn(spec.session, name)).update(resources(spec.limits, spec.session)),
    ])
    if (made.code !== 0) throw new Error(`the work folder could not be made: ${made.stderr.slice(0, 300)}`)
    return node
  }

  return { pool, making, start, drop: dropWarm }
}
