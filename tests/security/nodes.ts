/** The nodes that attacks are carried out on: real ones from the server's own runtime, and weakened ones that differ by one setting. */
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import path from 'node:path'
import { requireEngine } from '../../infra/engine/api.ts'
import { loadPrepared, type Prepared } from '../../infra/images/prepared.ts'
import { patient } from '../../infra/patience.ts'
import { run } from '../../infra/process.ts'
import type { Instance } from '../../infra/instance.ts'
import { delegateCgroups, limitDiskSpeed } from '../../sandbox-server/src/runtime/docker/cgroups.ts'
import { createDisks } from '../../sandbox-server/src/runtime/docker/disks.ts'
import { createDockerRuntime } from '../../sandbox-server/src/runtime/docker/docker-runtime.ts'
import { diskSpeed, nodeContainer } from '../../sandbox-server/src/runtime/docker/node-container.ts'
import type { RuntimeNode, SessionSpec } from '../../sandbox-server/src/runtime/port.ts'
import type { Weakness } from './weaknesses.ts'

export interface LabNode {
  session: string
  /** Name and id of its container on the lab engine. */
  container: string
  id: string
  /** Its first process, as the host sees it. */
  pid: number
  address: string
  /** Of its network, as a container there would guess it. */
  gateway: string
  node: RuntimeNode
  /** Its disk, as the host sees it. */
  disk: string
}

export interface Nodes {
  start(limits?: Partial<SessionSpec['limits']>, network?: SessionSpec['network']): Promise<LabNode>
  startWeak(weakness: Weakness, limits?: Partial<SessionSpec['limits']>): Promise<LabNode>
  restart(node: LabNode): Promise<LabNode>
  /** The same node for a server that reads whatever a node makes it read. */
  unbounded(node: LabNode): Promise<RuntimeNode>
  /** Removes all of them. */
  close(): Promise<void>
}

const limits = { memory_mb: 512, cpus: 1, pids: 512, disk_mb: 512 }

export function openNodes(instance: Instance, log: (text: string) => void): Nodes {
  const note = (fields: object, message: string) => log(`${message}: ${JSON.stringify(fields)}`)
  const runtime = createDockerRuntime({ instance, logger: { warn: note, error: note }, wayOut: { forbidden: [] } })
  const boundless = createDockerRuntime({
    ...{ instance, logger: { warn: note, error: note } },
    bounds: { answer: Infinity, line: Infinity, events: Infinity },
  })
  const disks = createDisks(instance.disks, instance.golden)
  const made = new Map<string, SessionSpec>()

  function createSpec(
    more: Partial<SessionSpec['limits']> = {},
    network: SessionSpec['network'] = 'none',
  ): SessionSpec {
    const session = `a77ac${randomBytes(4).toString('hex')}`
    const spec = { session, lab: 'tests/security', learner: 'attacker', created_at: Date.now(), seed: 1, nodes: 1 }
    const whole: SessionSpec = { ...spec, limits: { ...limits, ...more }, network, folder: 'work' }
    made.set(session, whole)
    return whole
  }

  async function describe(spec: SessionSpec, node: RuntimeNode | undefined): Promise<LabNode> {
    if (!node) throw new Error('the runtime answered no node')
    const container = `${spec.session}-node1`
    const { Id, State, NetworkSettings } = JSON.parse(
      await requireEngine(instance, 'GET', `/containers/${container}/json`),
    ) as { Id: string; State: { Pid: number }; NetworkSettings: { Networks: Record<string, { IPAddress?: string }> } }
    const [network, { IPAddress: address = '' } = {}] = Object.entries(NetworkSettings.Networks)[0] ?? []
    const gateway = network === undefined ? '' : await gatewayOf(network)
    const disk = path.join(instance.disks, container)
    return { session: spec.session, container, id: Id, pid: State.Pid, address, gateway, node, disk }
  }

  async function gatewayOf(network: string): Promise<string> {
    const { IPAM } = JSON.parse(await requireEngine(instance, 'GET', `/networks/${network}`)) as {
      IPAM: { Config: { Gateway?: string }[] | null }
    }
    return IPAM.Config?.[0]?.Gateway ?? ''
  }

  function prepared(): Prepared {
    const found = loadPrepared(instance)
    if (!found) throw new Error('the images of lab nodes are not built yet')
    return found
  }

  return {
    async start(more, network = 'none') {
      const spec = createSpec(more, network)
      const [node] = await runtime.start(spec, {
        signal: AbortSignal.timeout(patient(60_000)),
        progress: () => undefined,
      })
      return describe(spec, node)
    },

    async startWeak(weakness, more) {
      const spec = createSpec(more)
      const name = `${spec.session}-node1`
      const disk = await disks.open(name, spec.limits.disk_mb, prepared())
      await requireEngine(instance, 'POST', '/networks/create', {
        json: {
          Name: spec.session,
          Internal: true,
          Labels: { 'drydock.home': spec.session },
          Options: { 'com.docker.network.bridge.name': `lab-${spec.session.slice(0, 11)}` },
        },
      })
      const on = {
        disk,
        prepared: prepared(),
        engineFolder: path.join(instance.root, 'infra/engine'),
        golden: instance.shared,
      }
      const { name: _name, ...container } = nodeContainer(spec, 'node1', on)
      const boots = weakness.boots ?? true
      const entrypoint = weakness.entrypoint ?? (boots ? undefined : ['/usr/lib/drydock/init', '/bin/true'])
      const host = weakness.change ? await weakness.change({ ...container.HostConfig }) : container.HostConfig
      // Who shares a network with another container has its name, too.
      const shares = String(host?.NetworkMode).startsWith('container:')
      const json = {
        ...container,
        ...(entrypoint ? { Entrypoint: entrypoint } : {}),
        ...(shares ? { Hostname: undefined } : {}),
        HostConfig: host,
      }
      await requireEngine(instance, 'POST', `/containers/create?name=${name}`, { json })
      await requireEngine(instance, 'POST', `/containers/${name}/start`)
      const { pid, id } = await describe(spec, {} as RuntimeNode)
      delegateCgroups(pid, id, prepared().uid)
      if (!weakness.fastDisk) limitDiskSpeed(pid, id, disk, diskSpeed)
      weakness.afterStart?.(pid, id, prepared().uid)
      if (boots) await untilReady(instance, name)
      const [node] = await runtime.open(spec)
      return describe(spec, node && weakness.onHostNetwork ? { ...node, exec: onHostNetwork(pid) } : node)
    },

    async unbounded(node) {
      const spec = made.get(node.session)
      const [again] = spec ? await boundless.open(spec) : []
      if (!again) throw new Error('it is none of ours')
      return again
    },

    async restart(node) {
      const spec = made.get(node.session)
      if (!spec) throw new Error('it is none of ours')
      await requireEngine(instance, 'POST', `/containers/${node.container}/kill`)
      await requireEngine(instance, 'POST', `/containers/${node.container}/wait?condition=not-running`)
      const [again] = await runtime.open(spec)
      return describe(spec, again)
    },

    async close() {
      // The last first: some are on the network of one before them.
      for (const session of [...made.keys()].reverse()) await runtime.remove(session)
      await Promise.all([runtime.close(), boundless.close()])
    },
  }
}

/** What a node prints as it boots, until its engine answers. */
function untilReady(instance: Instance, container: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the weakened node did not start: ${why}`))
    const request = http.get({
      socketPath: instance.socket,
      path: `/containers/${container}/logs?follow=1&stdout=1&stderr=1`,
      signal: AbortSignal.timeout(patient(60_000)),
    })
    request.on('error', (error) => fail(error.message))
    request.on('response', (answer) => {
      let text = ''
      answer.on('error', (error) => fail(error.message))
      answer.on('end', () => fail(text.slice(-500)))
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (!text.includes('drydock: ready')) return
        resolve()
        request.destroy()
      })
    })
  })
}

/** Runs programs with the files, processes and user ids of a node, but in this process' network. */
const onHostNetwork =
  (pid: number): RuntimeNode['exec'] =>
  async (argv, { stdin = '', timeout_ms = 10_000 } = {}) => {
    const enter = [`--target=${pid}`, '--user', '--mount', '--pid', '--ipc', '--uts', '--', 'env', '-i']
    const path = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'
    const signal = AbortSignal.timeout(timeout_ms)
    const stdout = await run('nsenter', [...enter, path, ...argv], { input: stdin, signal, cwd: '/' })
    return { code: 0, stdout, stderr: '', truncated: false }
  }
