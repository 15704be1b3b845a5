/** The runtime on the lab engine: sessions are labelled containers on a network of their own, each with a disk file. */
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Docker from 'dockerode'
import { z } from 'zod'
import { limits } from '@drydock/kit/schema'
import type { Instance } from '../../../../infra/instance.ts'
import { loadPrepared, type Prepared } from '../../../../infra/images/prepared.ts'
import { patient } from '../../../../infra/patience.ts'
import { openBridge, type WayOutOptions } from '../../../../infra/engine/way-out.ts'
import { RuntimeDown, type FoundSession, type Runtime, type RuntimeNode, type SessionSpec } from '../port.ts'
import { delegateCgroups, limitDiskSpeed, thawCgroups } from './cgroups.ts'
import { createDisks } from './disks.ts'
import { createDockerNode } from './docker-node.ts'
import { splitOutput } from './exec-stream.ts'
import { createHome, isPoolHome, labels, nameIn, ownerOf } from './homes.ts'
import type { EngineBounds } from './inner-engine.ts'
import { introduce } from './introduce.ts'
import { limitKernelCounts } from './kernel-counts.ts'
import {
  diskMounts,
  diskSpeed,
  fitsPool,
  nodeContainer,
  nodeNames,
  poolClass,
  poolSpec,
  resources,
} from './node-container.ts'
import { createMirrors, mirrorName } from './mirror.ts'
import { Pool, type RuntimeLog } from './pool.ts'
import { isRoomy } from './room.ts'
import { openSpare, type SpareExec } from './spare-exec.ts'
import { createWayOut } from './way-out.ts'

const readyTimeout_ms = 60_000
/** Milliseconds after a claim in which what was begun ahead may still be used. */
const spareFor = 5000

const specLabel = z.object({
  session: z.string(),
  lab: z.string(),
  learner: z.string(),
  created_at: z.number(),
  seed: z.number(),
  nodes: z.int(),
  limits,
  network: z.enum(['none', 'mirror', 'open']),
  folder: z.string(),
})

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
  const mirrors = createMirrors({ engine, disks, prepared, shared: instance.shared, boot })
  const wayOut = createWayOut(engine, instance, allowed, logger)
  const opened = new Map<string, ReturnType<typeof createDockerNode>>()

  function prepared(): Prepared {
    const found = loadPrepared(instance)
    if (!found) throw new Error('the images of lab nodes are not built yet')
    return found
  }

  function nodeOf(spec: SessionSpec, node: string, spares: SpareExec[] = []): RuntimeNode {
    const name = nameIn(spec.session, node)
    const found =
      opened.get(name) ??
      createDockerNode(engine.getContainer(name), node, `/root/${spec.folder}`, spares, options.bounds)
    opened.set(name, found)
    return found
  }

  /** Starts a container whose disk is mounted, hands it its control groups, and waits until its engine answers. */
  async function boot(container: Docker.Container, uid: number, signal?: AbortSignal): Promise<void> {
    const socket = (await container.attach({
      stream: true,
      hijack: true,
      stdout: true,
      stderr: true,
    })) as import('node:stream').Duplex
    const said = splitOutput(socket, () => undefined)
    try {
      const ready = new Promise<void>((resolve, reject) => {
        let text = ''
        said.on('data', (chunk: Buffer) => {
          text = (text + chunk.toString('utf8')).slice(-2000)
          if (text.includes('drydock: ready')) resolve()
          const failed = /drydock: failed: (.*)/.exec(text)
          if (failed) reject(new Error(`the node did not start: ${failed[1] ?? ''}`))
        })
        said.once('close', () => reject(new Error(`the node ended while it started: ${text.slice(-300)}`)))
        signal?.addEventListener('abort', () => reject(new Error('cancelled')), { once: true })
        delay(patient(readyTimeout_ms), undefined, { ref: false }).then(
          () => reject(new Error('the node was not ready in time')),
          reject,
        )
      })
      ready.catch(() => undefined)
      await container.start()
      await limit(await container.inspect(), uid)
      await ready
    } finally {
      said.destroy()
    }
  }

  async function startNode(spec: SessionSpec, node: string, disk: string, signal: AbortSignal): Promise<RuntimeNode> {
    const container = await engine.createContainer(nodeContainer(spec, node, { ...on, disk, prepared: prepared() }))
    signal.throwIfAborted()
    await boot(container, prepared().uid, signal)
    return nodeOf(spec, node)
  }

  /** Tells the nodes of each other, in place of what they knew before a restart. */
  async function meet(spec: SessionSpec, nodes: RuntimeNode[]): Promise<RuntimeNode[]> {
    if (nodes.length === 1) return nodes
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

  /** Frozen processes of the learner would outlive the kill; one who freezes in a loop is dead before the next look. */
  async function removeContainer(id: string): Promise<void> {
    const gone = new AbortController()
    const thaw = async () => {
      while (!gone.signal.aborted) {
        await thawCgroups(id)
        await delay(200, undefined, { signal: gone.signal })
      }
    }
    thaw().catch((error: unknown) => {
      if (!gone.signal.aborted) logger.warn({ err: error, container: id }, 'not thawed')
    })
    try {
      await engine.getContainer(id).remove({ force: true, v: true }).catch(ignoreMissing)
    } finally {
      gone.abort()
    }
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
    if (!fitsPool(spec)) return null
    for (let home = pool.take(); home !== undefined; home = pool.take())
      try {
        const node = await claim(home, spec)
        signal.throwIfAborted()
        await connect(spec, home, Promise.resolve([node]), signal)
        return [node]
      } catch (error) {
        await Promise.all([dropWarm(home), runtime.remove(spec.session)])
        signal.throwIfAborted()
        logger.warn({ err: error, home, session: spec.session }, 'a node of the pool was not usable')
      }
    return null
  }

  /**
   * All that tells a claimed node from one made for the session: its name, which makes it the session's (`homes.ts`), its
   * limits and CPU weight, its work folder. Host name (`node1`), network, disk and engine are as they are; siblings it has none,
   * the seed is for checks alone, and start files are put in afterwards as in every node.
   */
  async function claim(home: string, spec: SessionSpec): Promise<RuntimeNode> {
    const [name = ''] = nodeNames(spec)
    forget(nameIn(home, name))
    const container = engine.getContainer(nameIn(home, name))
    await container.rename({ name: nameIn(spec.session, name) })
    const mine = spares.get(home) ?? []
    spares.delete(home)
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
    for (const spare of spares.get(home) ?? []) spare.close()
    spares.delete(home)
    await runtime.remove(home)
  }
  async function prepareSpares(home: string): Promise<void> {
    const container = engine.getContainer(nameIn(home, 'node1'))
    spares.set(home, await Promise.all([openSpare(container), openSpare(container), openSpare(container)]))
  }
  const pool = new Pool(
    {
      async find() {
        const mine = (await containers()).filter((each) => isPoolHome(ownerOf(each)))
        const good = await Promise.all(mine.map(isReady))
        await Promise.all(mine.filter((_each, i) => !good[i]).map((each) => runtime.remove(ownerOf(each))))
        const homes = mine.filter((_each, i) => good[i]).map(ownerOf)
        await Promise.all(homes.map(prepareSpares))
        return homes
      },
      async make(signal) {
        const home = createHome()
        making.add(home)
        try {
          await make(poolSpec(home), signal, () => undefined)
          await prepareSpares(home)
          return home
        } finally {
          making.delete(home)
        }
      },
      remove: dropWarm,
      roomy: async () => loadPrepared(instance) !== null && (await isRoomy(instance.disks)),
    },
    logger,
  )

  /** Of today's make, and its engine answers: a kill may have come while it booted. */
  async function isReady(each: Docker.ContainerInfo): Promise<boolean> {
    if (each.State !== 'running' || each.Labels[labels.pool] !== poolClass(prepared())) return false
    const node = createDockerNode(engine.getContainer(each.Id), 'node1', '/root')
    try {
      await limit(await engine.getContainer(each.Id).inspect(), prepared().uid)
      await node.request('GET', '/_ping')
      return true
    } catch {
      return false
    } finally {
      node.dispose()
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
      let restarted = false
      let home = spec.session
      const nodes = await Promise.all(
        nodeNames(spec).map(async (node) => {
          const name = nameIn(spec.session, node)
          const container = engine.getContainer(name)
          const { State, Config } = await container.inspect()
          home = Config.Labels[labels.home] ?? spec.session
          if (!State.Running) {
            restarted = true
            await disks.open(nameIn(home, node), spec.limits.disk_mb, prepared())
            await boot(container, prepared().uid)
          }
          return nodeOf(spec, node)
        }),
      )
      await connect(spec, home, Promise.resolve(nodes))
      return restarted ? meet(spec, nodes) : nodes
    },

    async remove(session) {
      const mine = (await containers()).filter((each) => ownerOf(each) === session)
      const homes = new Set([session, ...mine.map(homeOf)])
      await Promise.all(
        mine.map(async (each) => {
          forget(nameIn(session, each.Labels[labels.node] ?? ''))
          await removeContainer(each.Id)
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
      const found = new Map<string, FoundSession & { running: number }>()
      const note = (session: string) => {
        const entry = found.get(session) ?? { session, nodes: 0, complete: false, running: 0 }
        found.set(session, entry)
        return entry
      }
      await disks.removeLeftovers()
      const all = await containers()
      for (const each of all) {
        const owner = ownerOf(each)
        // The pool looks after its own.
        if (isPoolHome(owner)) continue
        const entry = note(owner)
        if (each.Labels[labels.node] === mirrorName) continue
        entry.nodes++
        if (each.State === 'running') entry.running++
        const wanted = specLabel.safeParse(parseJson(each.Labels[labels.spec] ?? '')).data?.nodes
        entry.complete = entry.running === wanted
      }
      const inUse = new Set([...all.map(homeOf), ...making])
      const networks = await engine.listNetworks({ filters: { label: [labels.home] } })
      const homes = [...networks.map((network) => network.Name), ...disks.list().map(homeOfDisk)]
      for (const home of homes) if (!inUse.has(home)) note(home)
      return [...found.values()].map(({ session, nodes, complete }) => ({ session, nodes, complete }))
    },

    keepWarm: (count) => pool.keep(count),
    get warm() {
      return pool.size
    },
    async close() {
      wayOut.close()
      await pool.close()
    },

    watch(onChange) {
      let stopped = false
      // Not known: the first answer is always told.
      let up: boolean | undefined
      const change = (now: boolean) => {
        if (now !== up && !stopped) onChange((up = now))
      }
      const follow = async () => {
        while (!stopped) {
          try {
            // The event stream ends the moment the engine goes: no polling while it is there.
            const stream = await engine.getEvents({ filters: { type: ['daemon'] } })
            change(true)
            await new Promise<void>((resolve) => {
              stream.on('data', () => undefined)
              for (const end of ['end', 'close', 'error']) stream.once(end, () => resolve())
            })
          } catch {
            // not there: asked again below
          }
          if (stopped) break
          change(false)
          await delay(500, undefined, { ref: false })
        }
      }
      void follow()
      return () => {
        stopped = true
      }
    },
  }
  return runtime
}

/** At most 15 characters; the guard rules of the engine's namespace match `lab-+`. */
const bridgeOf = ({ session, network }: SessionSpec) =>
  `${network === 'open' ? openBridge : 'lab-'}${session}`.slice(0, 15)

/** What the engine does not set, and must be set after every start. */
async function limit({ State, Id, Mounts }: Docker.ContainerInspectInfo, uid: number): Promise<void> {
  if (!State.Running) return
  delegateCgroups(State.Pid, Id, uid)
  const disk = Mounts.find((mount) => diskMounts.includes(mount.Destination))?.Source.replace(/\.over$/, '')
  if (disk !== undefined) limitDiskSpeed(State.Pid, Id, disk, diskSpeed)
  await limitKernelCounts(State.Pid)
}

const homeOf = (each: Docker.ContainerInfo) => each.Labels[labels.home] ?? ownerOf(each)
const homeOfDisk = (disk: string) => disk.slice(0, disk.lastIndexOf('-'))

function ignoreMissing(error: unknown): void {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
