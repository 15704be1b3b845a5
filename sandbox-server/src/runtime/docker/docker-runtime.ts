/** The runtime on the lab engine: sessions are labelled containers on a network of their own, each with a disk file. */
import path from 'node:path'
import Docker from 'dockerode'
import type { Instance } from '../../../../infra/instance.ts'
import { loadPrepared, type Prepared } from '../../../../infra/images/prepared.ts'
import { openBridge, type WayOutOptions } from '../../../../infra/engine/way-out.ts'
import { RuntimeDown, type Runtime, type RuntimeNode, type SessionSpec } from '../port.ts'
import { bootNode, limitNode } from './boot-node.ts'
import { explainTooLarge, hostSize, measureRoom } from './capacity.ts'
import { memoryUse } from './cgroups.ts'
import { createDisks } from './disks.ts'
import { createDockerNode } from './docker-node.ts'
import { findSessions, homeOf, homeOfDisk, specOf } from './find-sessions.ts'
import { createHome, isPoolHome, labels, nameIn, ownerOf } from './homes.ts'
import type { EngineBounds } from './inner-engine.ts'
import { introduce } from './introduce.ts'
import { kindOf, nodeContainer, nodeNames, poolClass, poolSpec, resources } from './node-container.ts'
import { createMirrors } from './mirror.ts'
import { Pool, type RuntimeLog, type WarmSet } from './pool.ts'
import { ignoreMissing, removeContainer } from './remove-container.ts'
import { openSpare, type SpareExec } from './spare-exec.ts'
import { createWayOut } from './way-out.ts'
import { watchEngine } from './watch-engine.ts'

/** Milliseconds after a claim in which what was begun ahead may still be used. */
const spareFor = 5000

export interface DockerRuntimeOptions {
  instance: Instance
  logger: RuntimeLog
  /** How labs with `network: open` get out; without it there are none. */
  wayOut?: WayOutOptions | null
  /** For tests: what nodes may make the server read, when that is not the usual. */
  bounds?: EngineBounds
}

export function createDockerRuntime(options: DockerRuntimeOptions): Runtime {
  const { instance, logger, wayOut: allowed = null } = options
  const engine = new Docker({ socketPath: instance.socket })
  const disks = createDisks(instance.disks, instance.golden)
  const on = { engineFolder: path.join(instance.root, 'infra/engine'), golden: instance.shared }
  const mirrors = createMirrors({ engine, disks, prepared, shared: instance.shared, boot: bootNode })
  const wayOut = createWayOut(engine, instance, allowed, logger)
  const opened = new Map<string, ReturnType<typeof createDockerNode>>()

  function prepared(): Prepared {
    const found = loadPrepared(instance)
    if (!found) throw new Error('the images of lab nodes are not built yet')
    return found
  }

  function nodeOf(spec: SessionSpec, node: string, spares: SpareExec[] = []): RuntimeNode {
    const name = nameIn(spec.session, node)
    const power = { stop: () => cutPower(name), start: () => restore(spec, node) }
    const found =
      opened.get(name) ??
      createDockerNode(engine.getContainer(name), node, `/root/${spec.folder}`, power, spares, options.bounds)
    opened.set(name, found)
    return found
  }

  async function startNode(spec: SessionSpec, node: string, disk: string, signal: AbortSignal): Promise<RuntimeNode> {
    const container = await engine.createContainer(nodeContainer(spec, node, { ...on, disk, prepared: prepared() }))
    signal.throwIfAborted()
    await bootNode(container, prepared().uid, signal)
    return nodeOf(spec, node)
  }

  async function cutPower(name: string): Promise<void> {
    const container = engine.getContainer(name)
    await container.kill().catch((error: unknown) => {
      // It does not run.
      if ((error as { statusCode?: number }).statusCode !== 409) throw error
    })
    // A busy engine answers before it has seen the end, and a node that still counts as running would not be started again.
    await container.wait({ condition: 'not-running' })
  }

  /** Boots a node that stopped from its disk. Answers the home of its session, and whether there was anything to do. */
  async function revive(spec: SessionSpec, node: string): Promise<{ home: string; booted: boolean }> {
    const container = engine.getContainer(nameIn(spec.session, node))
    const { State, Config } = await container.inspect()
    const home = Config.Labels[labels.home] ?? spec.session
    if (State.Running) return { home, booted: false }
    await disks.open(nameIn(home, node), spec.limits.disk_mb, prepared())
    await bootNode(container, prepared().uid)
    return { home, booted: true }
  }

  async function restore(spec: SessionSpec, name: string): Promise<void> {
    const { home, booted } = await revive(spec, name)
    if (!booted) return
    await connect(spec, home, Promise.resolve([nodeOf(spec, name)]))
    const states = await Promise.all(
      nodeNames(spec).map((node) => engine.getContainer(nameIn(spec.session, node)).inspect()),
    )
    const up = nodeNames(spec).filter((_node, i) => states[i]?.State.Running)
    await meet(
      spec,
      up.map((node) => nodeOf(spec, node)),
    )
  }

  /** Tells the nodes of each other, in place of what they knew before a restart. */
  async function meet(spec: SessionSpec, nodes: RuntimeNode[]): Promise<RuntimeNode[]> {
    if (spec.nodes === 1) return nodes
    const addressOf = async ({ name }: RuntimeNode) => {
      const { NetworkSettings } = await engine.getContainer(nameIn(spec.session, name)).inspect()
      return Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? ''
    }
    await introduce(await Promise.all(nodes.map(async (node) => ({ node, address: await addressOf(node) }))))
    return nodes
  }

  /** Opens what the session may reach besides its nodes while these boot, and tells them of it. */
  async function connect(
    spec: SessionSpec,
    home: string,
    booting: Promise<readonly RuntimeNode[]>,
    signal?: AbortSignal,
  ): Promise<void> {
    if (spec.network === 'none') return
    if (spec.network === 'open') return wayOut.open(await booting)
    const address = await mirrors.open(spec, home, signal)
    await Promise.all((await booting).map((node) => mirrors.introduce(node, address)))
  }

  const containers = () => engine.listContainers({ all: true, filters: { label: [labels.home] } })

  function forget(name: string): void {
    opened.get(name)?.dispose()
    opened.delete(name)
  }

  /** Makes disks, network and nodes under the name of their home, `spec.session`. On failure or abort all of it is removed again. */
  async function make(
    spec: SessionSpec,
    signal: AbortSignal,
    progress: (text: string) => void,
  ): Promise<RuntimeNode[]> {
    try {
      const names = nodeNames(spec)
      progress('preparing disk and network')
      const [mounted] = await Promise.all([
        Promise.all(names.map((node) => disks.open(nameIn(spec.session, node), spec.limits.disk_mb, prepared()))),
        engine.createNetwork({
          Name: spec.session,
          Driver: 'bridge',
          Internal: spec.network !== 'open',
          Labels: { [labels.home]: spec.session, ...(spec.network === 'open' ? { [labels.open]: 'true' } : {}) },
          Options: { 'com.docker.network.bridge.name': bridgeOf(spec) },
        }),
      ])
      signal.throwIfAborted()
      progress(names.length === 1 ? 'starting its Docker Engine' : `starting ${names.length} Docker Engines`)
      const nodes = Promise.all(names.map((node, i) => startNode(spec, node, mounted[i] ?? '', signal)))
      nodes.catch(() => undefined)
      await connect(spec, spec.session, nodes, signal)
      return await meet(spec, await nodes)
    } catch (error) {
      await runtime
        .remove(spec.session)
        .catch((left: unknown) =>
          logger.error({ err: left, session: spec.session }, 'a failed start left something behind'),
        )
      throw error
    }
  }

  /** A node that was booted ahead, or null when none fits. One that is broken is removed, and the next one tried. */
  async function startFromPool(spec: SessionSpec, signal: AbortSignal): Promise<RuntimeNode[] | null> {
    // A network cannot be given another way.
    if (spec.network === 'open') return null
    for (let home = pool.take(kindOf(spec)); home !== undefined; home = pool.take(kindOf(spec)))
      try {
        const from = home
        const nodes = await Promise.all(nodeNames(spec).map((name) => claim(from, name, spec)))
        signal.throwIfAborted()
        await connect(spec, home, Promise.resolve(nodes), signal)
        return nodes
      } catch (error) {
        await Promise.all([dropWarm(home), runtime.remove(spec.session)])
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
    forget(nameIn(home, name))
    const container = engine.getContainer(nameIn(home, name))
    await container.rename({ name: nameIn(spec.session, name) })
    const mine = spares.get(nameIn(home, name)) ?? []
    spares.delete(nameIn(home, name))
    const node = nodeOf(spec, name, mine)
    // Nothing of ours waits in a node for long.
    setTimeout(() => mine.splice(0).forEach((spare) => spare.close()), spareFor).unref()
    const [made] = await Promise.all([
      node.exec(['mkdir', '-p', node.folder], { cwd: '/' }),
      engine.getContainer(nameIn(spec.session, name)).update(resources(spec.limits, spec.session)),
    ])
    if (made.code !== 0) throw new Error(`the work folder could not be made: ${made.stderr.slice(0, 300)}`)
    return node
  }

  const making = new Set<string>()
  /** Of nodes in the pool: for what is done at the claim, for the start files, for the first terminal. */
  const spares = new Map<string, SpareExec[]>()
  async function dropWarm(home: string): Promise<void> {
    for (const [name, waiting] of spares)
      if (homeOfDisk(name) === home) {
        for (const spare of waiting) spare.close()
        spares.delete(name)
      }
    await runtime.remove(home)
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
      roomy: async (nodes) => loadPrepared(instance) !== null && (await measureRoom(instance.disks)).nodes >= nodes,
    },
    logger,
  )

  /** A set that an earlier server left; null, and removed, when it is not whole. */
  async function adoptSet(home: string, nodes: Docker.ContainerInfo[]): Promise<WarmSet | null> {
    const spec = nodes[0] && specOf(nodes[0])
    const good =
      spec?.nodes === nodes.length && (await Promise.all(nodes.map((each) => isReady(each, spec)))).every(Boolean)
    if (!good) {
      await runtime.remove(home)
      return null
    }
    await prepareSpares(home, spec.nodes)
    return { home, ...kindOf(spec) }
  }

  /** Of today's make, and its engine answers: a kill may have come while it booted. */
  async function isReady(each: Docker.ContainerInfo, spec: SessionSpec): Promise<boolean> {
    if (each.State !== 'running' || each.Labels[labels.pool] !== poolClass(prepared(), kindOf(spec))) return false
    const node = nodeOf(spec, each.Labels[labels.node] ?? '')
    try {
      await limitNode(await engine.getContainer(each.Id).inspect(), prepared().uid)
      await node.request('GET', '/_ping')
      return true
    } catch {
      return false
    } finally {
      forget(nameIn(spec.session, node.name))
    }
  }

  const runtime: Runtime = {
    async ping() {
      try {
        await engine.ping()
      } catch (error) {
        throw new RuntimeDown(error instanceof Error ? error.message : String(error))
      }
    },

    images: () => Promise.resolve(new Set(loadPrepared(instance)?.images ?? [])),

    async start(spec, { signal, progress }) {
      return (await startFromPool(spec, signal)) ?? (await pool.before(() => make(spec, signal, progress)))
    },

    async open(spec) {
      const revived = await Promise.all(nodeNames(spec).map((node) => revive(spec, node)))
      const nodes = nodeNames(spec).map((node) => nodeOf(spec, node))
      await connect(spec, revived[0]?.home ?? spec.session, Promise.resolve(nodes))
      return revived.some(({ booted }) => booted) ? meet(spec, nodes) : nodes
    },

    async remove(session) {
      const all = await containers()
      const homes = new Set([session, ...all.filter((each) => ownerOf(each) === session).map(homeOf)])
      // Also those of its home that a claim which was cut short has not renamed yet.
      const mine = all.filter((each) => ownerOf(each) === session || homes.has(homeOf(each)))
      await Promise.all(
        mine.map(async (each) => {
          forget(nameIn(ownerOf(each), each.Labels[labels.node] ?? ''))
          await removeContainer(engine, each.Id, logger)
        }),
      )
      await Promise.all(
        disks
          .list()
          .filter((disk) => homes.has(homeOfDisk(disk)))
          .map((disk) => disks.remove(disk)),
      )
      await Promise.all([...homes].map((home) => engine.getNetwork(home).remove().catch(ignoreMissing)))
      await wayOut.closeUnused()
    },

    async list() {
      await disks.removeLeftovers()
      return findSessions({ engine, containers: await containers(), disks: disks.list(), making })
    },

    keepWarm: (wishes) => pool.keep(wishes),
    get warm() {
      return pool.size
    },
    room: async () => (await measureRoom(instance.disks)).nodes + pool.nodes,
    tooLarge: (wanted) => explainTooLarge(wanted, hostSize()),

    async usage(session) {
      const mine = (await containers()).filter((each) => ownerOf(each) === session)
      const memory = mine.map(async (each) => {
        const { State, Id } = await engine.getContainer(each.Id).inspect()
        return State.Running ? memoryUse(State.Pid, Id) : 0
      })
      const disk = mine.map((each) => disks.size(nameIn(homeOf(each), each.Labels[labels.node] ?? '')))
      return { memory: sum(await Promise.all(memory)), disk: sum(disk) }
    },
    async close() {
      wayOut.close()
      await pool.close()
    },

    watch: ({ onEngine, onNodeEnd }) =>
      watchEngine(engine, labels.home, {
        onEngine,
        onNodeEnd(owner) {
          if (!isPoolHome(owner)) return onNodeEnd(owner)
          if (!pool.drop(owner)) return
          dropWarm(owner).catch((error: unknown) =>
            logger.warn({ err: error, home: owner }, 'a broken node of the pool is left'),
          )
        },
      }),
  }
  return runtime
}

/** At most 15 characters; the guard rules of the engine's namespace match `lab-+`. */
const bridgeOf = ({ session, network }: SessionSpec) =>
  `${network === 'open' ? openBridge : 'lab-'}${session}`.slice(0, 15)

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
