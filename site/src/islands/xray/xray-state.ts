/** What the X-ray knows, and how an event of the server changes it: what is different from before is fresh for a moment. Pure. */
import type { XrayEvent, XrayHappening, XrayNode } from '@drydock/sandbox-server/contract'

export type Kind = 'container' | 'image' | 'network' | 'volume' | 'service' | 'task' | 'member'

/** One thing of the picture. */
export interface Ref {
  node: string
  kind: Kind
  id: string
}

export interface XrayState {
  /** By name. Of a node whose engine is silent: what was last seen. */
  nodes: readonly XrayNode[]
  /** The oldest first. */
  happenings: readonly XrayHappening[]
  missed: number
  /** What changed, by `keyOf`, with the time at which that was seen. */
  fresh: ReadonlyMap<string, number>
}

export const nothing: XrayState = { nodes: [], happenings: [], missed: 0, fresh: new Map() }

/** Milliseconds for which a change is shown. */
export const glow = 1500
/** How many happenings are kept. */
const most = 200

export const keyOf = ({ node, kind, id }: Ref) => `${node} ${kind} ${id}`

export function takeEvent(state: XrayState, event: XrayEvent, now: number): XrayState {
  if (event.type === 'happened') {
    const known = new Set(state.happenings.map((each) => `${each.number} ${each.at}`))
    const added = event.happenings.filter((each) => !known.has(`${each.number} ${each.at}`))
    return {
      ...state,
      happenings: [...state.happenings, ...added].slice(-most),
      missed: state.missed + event.missed,
    }
  }
  const before = state.nodes.find(({ name }) => name === event.node.name)
  const node = before && event.node.engine === 'down' ? { ...before, engine: event.node.engine } : event.node
  const others = state.nodes.filter((each) => each !== before)
  const fresh = new Map([...state.fresh].filter(([, at]) => now - at < glow))
  if (before) for (const ref of changes(before, node)) fresh.set(keyOf(ref), now)
  return { ...state, fresh, nodes: [...others, node].toSorted((a, b) => a.name.localeCompare(b.name)) }
}

/** The same without what has glowed long enough. */
export function fade(state: XrayState, now: number): XrayState {
  const fresh = new Map([...state.fresh].filter(([, at]) => now - at < glow))
  return fresh.size === state.fresh.size ? state : { ...state, fresh }
}

/** All things of a node, each with its content. */
export function thingsOf(node: XrayNode): { ref: Ref; thing: object }[] {
  const list = (kind: Kind, things: readonly object[], id: (thing: never) => string) =>
    things.map((thing) => ({ ref: { node: node.name, kind, id: id(thing as never) }, thing }))
  const byId = ({ id }: { id: string }) => id
  return [
    ...list('container', node.containers, byId),
    ...list('image', node.images, byId),
    ...list('network', node.networks, byId),
    ...list('volume', node.volumes, ({ name }: { name: string }) => name),
    ...list('service', node.swarm?.services ?? [], byId),
    ...list('task', node.swarm?.tasks ?? [], byId),
    ...list('member', node.swarm?.members ?? [], byId),
  ]
}

function changes(before: XrayNode, after: XrayNode): Ref[] {
  const old = new Map(thingsOf(before).map(({ ref, thing }) => [keyOf(ref), JSON.stringify(thing)]))
  return thingsOf(after)
    .filter(({ ref, thing }) => old.get(keyOf(ref)) !== JSON.stringify(thing))
    .map(({ ref }) => ref)
}

/** What belongs together with a thing: who runs an image, who is in a network, who mounts a volume, and so on. */
export function relatedTo(node: XrayNode, { kind, id }: Ref): Ref[] {
  const ref = (of: Kind, which: string): Ref => ({ node: node.name, kind: of, id: which })
  const containers = (belongs: (container: XrayNode['containers'][number]) => boolean) =>
    node.containers.filter(belongs).map((container) => ref('container', container.id))
  const tasks = node.swarm?.tasks ?? []
  switch (kind) {
    case 'container': {
      const found = node.containers.find((container) => container.id === id)
      if (!found) return []
      const names = new Set(found.networks.map(({ name }) => name))
      const volumes = new Set(found.mounts.filter((mount) => mount.kind === 'volume').map(({ source }) => source))
      return [
        ...node.images.filter((image) => image.id === found.image_id).map((image) => ref('image', image.id)),
        ...node.networks.filter(({ name }) => names.has(name)).map((network) => ref('network', network.id)),
        ...node.volumes.filter(({ name }) => volumes.has(name)).map(({ name }) => ref('volume', name)),
        ...tasks.filter(({ container }) => container === id).map((task) => ref('task', task.id)),
      ]
    }
    case 'image':
      return containers(({ image_id }) => image_id === id)
    case 'network': {
      const name = node.networks.find((network) => network.id === id)?.name
      return containers(({ networks }) => networks.some((network) => network.name === name))
    }
    case 'volume':
      return containers(({ mounts }) => mounts.some((mount) => mount.kind === 'volume' && mount.source === id))
    case 'service':
      return tasks.filter(({ service, wanted }) => service === id && wanted === 'running').map((t) => ref('task', t.id))
    case 'member':
      return tasks.filter(({ member, wanted }) => member === id && wanted === 'running').map((t) => ref('task', t.id))
    case 'task': {
      const task = tasks.find((each) => each.id === id)
      if (!task) return []
      return [
        ref('service', task.service),
        ref('member', task.member),
        ...containers((container) => container.id === task.container),
      ]
    }
  }
}
