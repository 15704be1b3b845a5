/** The runtime on the lab engine: sessions are labelled containers on a network of their own, each with a disk file. */
import Docker from 'dockerode'
import type { Instance } from '../../../../infra/instance.ts'
import { loadPrepared, type Prepared } from '../../../../infra/images/prepared.ts'
import { openBridge, type WayOutOptions } from '../../../../infra/engine/way-out.ts'
import { RuntimeDown, type Runtime, type RuntimeNode, type SessionSpec } from '../port.ts'
import { explainTooLarge, hostSize, measureRoom } from './capacity.ts'
import { memoryUse } from './cgroups.ts'
import { createDisks } from './disks.ts'
import { findSessions, homeOf, homeOfDisk } from './find-sessions.ts'
import { isPoolHome, labels, nameIn, ownerOf } from './homes.ts'
import type { EngineBounds } from './inner-engine.ts'
import { nodeNames } from './node-container.ts'
import type { RuntimeLog } from './pool.ts'
import { ignoreMissing, removeContainer } from './remove-container.ts'
import { createSessionNodes } from './session-nodes.ts'
import { createWarmNodes } from './warm-nodes.ts'
import { createWayOut } from './way-out.ts'
import { watchEngine } from './watch-engine.ts'

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
  const wayOut = createWayOut(engine, instance, allowed, logger)
  const nodes = createSessionNodes({ engine, instance, disks, wayOut, prepared, bounds: options.bounds })
  const containers = () => engine.listContainers({ all: true, filters: { label: [labels.home] } })

  function prepared(): Prepared {
    const found = loadPrepared(instance)
    if (!found) throw new Error('the images of lab nodes are not built yet')
    return found
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
      const booting = Promise.all(names.map((node, i) => nodes.startNode(spec, node, mounted[i] ?? '', signal)))
      booting.catch(() => undefined)
      await nodes.connect(spec, spec.session, booting, signal)
      return await nodes.meet(spec, await booting)
    } catch (error) {
      await runtime
        .remove(spec.session)
        .catch((left: unknown) =>
          logger.error({ err: left, session: spec.session }, 'a failed start left something behind'),
        )
      throw error
    }
  }

  const warm = createWarmNodes({
    ...{ engine, nodes, logger, prepared, containers, make },
    remove: (owner) => runtime.remove(owner),
    roomy: async (wanted) => loadPrepared(instance) !== null && (await measureRoom(instance.disks)).nodes >= wanted,
  })

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
      return (await warm.start(spec, signal)) ?? (await warm.pool.before(() => make(spec, signal, progress)))
    },

    async open(spec) {
      const revived = await Promise.all(nodeNames(spec).map((node) => nodes.revive(spec, node)))
      const all = nodeNames(spec).map((node) => nodes.nodeOf(spec, node))
      await nodes.connect(spec, revived[0]?.home ?? spec.session, Promise.resolve(all))
      return revived.some(({ booted }) => booted) ? nodes.meet(spec, all) : all
    },

    async remove(session) {
      const all = await containers()
      const homes = new Set([session, ...all.filter((each) => ownerOf(each) === session).map(homeOf)])
      // Also those of its home that a claim which was cut short has not renamed yet.
      const mine = all.filter((each) => ownerOf(each) === session || homes.has(homeOf(each)))
      await Promise.all(
        mine.map(async (each) => {
          nodes.forget(nameIn(ownerOf(each), each.Labels[labels.node] ?? ''))
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
      return findSessions({ engine, containers: await containers(), disks: disks.list(), making: warm.making })
    },

    keepWarm: (wishes) => warm.pool.keep(wishes),
    get warm() {
      return warm.pool.size
    },
    room: async () => (await measureRoom(instance.disks)).nodes + warm.pool.nodes,
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
      await warm.pool.close()
    },

    watch: ({ onEngine, onNodeEnd }) =>
      watchEngine(engine, labels.home, {
        onEngine,
        onNodeEnd(owner) {
          if (!isPoolHome(owner)) return onNodeEnd(owner)
          if (!warm.pool.drop(owner)) return
          warm
            .drop(owner)
            .catch((error: unknown) => logger.warn({ err: error, home: owner }, 'a broken node of the pool is left'))
        },
      }),
  }
  return runtime
}

/** At most 15 characters; the guard rules of the engine's namespace match `lab-+`. */
const bridgeOf = ({ session, network }: SessionSpec) =>
  `${network === 'open' ? openBridge : 'lab-'}${session}`.slice(0, 15)

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
