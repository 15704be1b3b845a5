/** The runtime on the lab engine: sessions are labelled containers on a network of their own, each with a disk file. */
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Docker from 'dockerode'
import type { Logger } from 'pino'
import { z } from 'zod'
import { limits } from '@drydock/kit/schema'
import type { Instance } from '../../../../infra/instance.ts'
import { loadPrepared, type Prepared } from '../../../../infra/images/prepared.ts'
import { RuntimeDown, type FoundSession, type Runtime, type RuntimeNode, type SessionSpec } from '../port.ts'
import { delegateCgroups, thawCgroups } from './cgroups.ts'
import { createDisks } from './disks.ts'
import { createDockerNode } from './docker-node.ts'
import { splitOutput } from './exec-stream.ts'
import { containerName, labels, nodeContainer, nodeNames } from './node-container.ts'

const readyTimeout_ms = 60_000

const specLabel = z.object({
  session: z.string(),
  lab: z.string(),
  learner: z.string(),
  created_at: z.number(),
  seed: z.number(),
  nodes: z.int(),
  limits,
  folder: z.string(),
})

export function createDockerRuntime(options: { instance: Instance; logger: Logger }): Runtime {
  const { instance, logger } = options
  const engine = new Docker({ socketPath: instance.socket })
  const disks = createDisks(instance.disks, instance.golden)
  const on = { engineFolder: path.join(instance.root, 'infra/engine'), golden: instance.golden }
  const opened = new Map<string, ReturnType<typeof createDockerNode>>()

  function prepared(): Prepared {
    const found = loadPrepared(instance)
    if (!found) throw new Error('the images of lab nodes are not built yet')
    return found
  }

  function nodeOf(spec: SessionSpec, node: string): RuntimeNode {
    const name = containerName(spec.session, node)
    const found = opened.get(name) ?? createDockerNode(engine.getContainer(name), node, `/root/${spec.folder}`)
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
        delay(readyTimeout_ms, undefined, { ref: false }).then(
          () => reject(new Error('the node was not ready in time')),
          reject,
        )
      })
      ready.catch(() => undefined)
      await container.start()
      const { State, Id } = await container.inspect()
      if (State.Running) delegateCgroups(State.Pid, Id, uid)
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

  /** Gives each node the others' addresses by name; a node's hosts file begins anew at each of its starts. */
  async function introduce(spec: SessionSpec, nodes: RuntimeNode[]): Promise<RuntimeNode[]> {
    if (nodes.length === 1) return nodes
    const lines = await Promise.all(
      nodes.map(async ({ name }) => {
        const { NetworkSettings } = await engine.getContainer(containerName(spec.session, name)).inspect()
        return { name, line: `${NetworkSettings.Networks[spec.session]?.IPAddress ?? ''}\t${name}\n` }
      }),
    )
    await Promise.all(
      nodes.map((node) => {
        const others = lines.filter((each) => each.name !== node.name).map((each) => each.line)
        return node.exec(['tee', '-a', '/etc/hosts'], { stdin: others.join('') })
      }),
    )
    return nodes
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

  const containers = () => engine.listContainers({ all: true, filters: { label: [labels.session] } })

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
      try {
        const names = nodeNames(spec)
        progress('preparing disk and network')
        const [mounted] = await Promise.all([
          Promise.all(
            names.map((node) => disks.open(containerName(spec.session, node), spec.limits.disk_mb, prepared())),
          ),
          engine.createNetwork({
            Name: spec.session,
            Driver: 'bridge',
            Internal: true,
            Labels: { [labels.session]: spec.session },
            // At most 15 characters; the guard rules of the engine's namespace match `lab-+`.
            Options: { 'com.docker.network.bridge.name': `lab-${spec.session.slice(0, 11)}` },
          }),
        ])
        signal.throwIfAborted()
        progress(names.length === 1 ? 'starting its Docker Engine' : `starting ${names.length} Docker Engines`)
        return await introduce(
          spec,
          await Promise.all(names.map((node, i) => startNode(spec, node, mounted[i] ?? '', signal))),
        )
      } catch (error) {
        await runtime
          .remove(spec.session)
          .catch((left: unknown) =>
            logger.error({ err: left, session: spec.session }, 'a failed start left something behind'),
          )
        throw error
      }
    },

    async open(spec) {
      let restarted = false
      const nodes = await Promise.all(
        nodeNames(spec).map(async (node) => {
          const name = containerName(spec.session, node)
          const container = engine.getContainer(name)
          if (!(await container.inspect()).State.Running) {
            restarted = true
            await disks.open(name, spec.limits.disk_mb, prepared())
            await boot(container, prepared().uid)
          }
          return nodeOf(spec, node)
        }),
      )
      return restarted ? introduce(spec, nodes) : nodes
    },

    async remove(session) {
      const mine = (await containers()).filter((each) => each.Labels[labels.session] === session)
      await Promise.all(
        mine.map(async (each) => {
          const name = containerName(session, each.Labels[labels.node] ?? '')
          opened.get(name)?.dispose()
          opened.delete(name)
          await removeContainer(each.Id)
        }),
      )
      await Promise.all(
        disks
          .list()
          .filter((name) => name.startsWith(`${session}-`))
          .map((name) => disks.remove(name)),
      )
      await engine.getNetwork(session).remove().catch(ignoreMissing)
    },

    async list() {
      const found = new Map<string, FoundSession & { running: number }>()
      const note = (session: string) => {
        const entry = found.get(session) ?? { session, spec: null, complete: false, running: 0 }
        found.set(session, entry)
        return entry
      }
      await disks.removeLeftovers()
      for (const each of await containers()) {
        const entry = note(each.Labels[labels.session] ?? '')
        const parsed = specLabel.safeParse(parseJson(each.Labels[labels.spec] ?? ''))
        if (!parsed.success || parsed.data.session !== entry.session) continue
        entry.spec = parsed.data
        if (each.State === 'running') entry.running++
        entry.complete = entry.running === entry.spec.nodes
      }
      for (const network of await engine.listNetworks({ filters: { label: [labels.session] } }))
        note(network.Labels?.[labels.session] ?? '')
      for (const disk of disks.list()) note(disk.slice(0, disk.lastIndexOf('-')))
      return [...found.values()].map(({ session, spec, complete }) => ({ session, spec, complete }))
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
