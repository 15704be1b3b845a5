/** The nodes of sessions: made, found again, booted from their disks when they stopped, told of each other and of what they may reach. */
import path from 'node:path'
import type Docker from 'dockerode'
import type { Instance } from '../../../../infra/instance.ts'
import type { Prepared } from '../../../../infra/images/prepared.ts'
import type { RuntimeNode, SessionSpec } from '../port.ts'
import { bootNode } from './boot-node.ts'
import type { Disks } from './disks.ts'
import { createDockerNode } from './docker-node.ts'
import { labels, nameIn } from './homes.ts'
import type { EngineBounds } from './inner-engine.ts'
import { introduce } from './introduce.ts'
import { createMirrors } from './mirror.ts'
import { nodeContainer, nodeNames } from './node-container.ts'
import type { SpareExec } from './spare-exec.ts'
import type { WayOut } from './way-out.ts'

export interface SessionNodesOptions {
  engine: Docker
  instance: Instance
  disks: Disks
  wayOut: WayOut
  prepared: () => Prepared
  bounds: EngineBounds | undefined
}

export type SessionNodes = ReturnType<typeof createSessionNodes>

export function createSessionNodes({ engine, instance, disks, wayOut, prepared, bounds }: SessionNodesOptions) {
  const on = { engineFolder: path.join(instance.root, 'infra/engine'), golden: instance.shared }
  const mirrors = createMirrors({ engine, disks, prepared, shared: instance.shared, boot: bootNode })
  const opened = new Map<string, ReturnType<typeof createDockerNode>>()

  /** The node by that name, whether it is there or not. `spares`: what was begun in it ahead. */
  function nodeOf(spec: SessionSpec, node: string, spares: SpareExec[] = []): RuntimeNode {
    const name = nameIn(spec.session, node)
    const power = { stop: () => cutPower(name), start: () => restore(spec, node) }
    const found =
      opened.get(name) ??
      createDockerNode(engine.getContainer(name), node, `/root/${spec.folder}`, power, spares, bounds)
    opened.set(name, found)
    return found
  }

  function forget(name: string): void {
    opened.get(name)?.dispose()
    opened.delete(name)
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

  return { nodeOf, forget, startNode, revive, meet, connect }
}
