/** What there is to say about one thing: its name, what it is like, and the commands that show the same. Pure. */
import type { XrayContainer, XrayImage, XrayNetwork, XrayNode, XrayVolume } from '@drydock/sandbox-server/contract'
import { formatSize, shellWord } from '../files/file-tree.ts'
import { countOf, formatExact } from '../lab/clock.ts'
import { describeMember, describeService, describeTask } from './describe-swarm.ts'
import type { Described } from './described.ts'
import type { Ref } from './xray-state.ts'

/** Null: it is not there any more. */
export function describe(node: XrayNode, { kind, id }: Ref): Described | null {
  const find = <T extends { id: string }>(list: readonly T[] | undefined) => list?.find((each) => each.id === id)
  const use = <T>(found: T | undefined, tell: (thing: T) => Described) => (found === undefined ? null : tell(found))
  const { swarm } = node
  switch (kind) {
    case 'container':
      return use(find(node.containers), describeContainer)
    case 'image':
      return use(find(node.images), describeImage)
    case 'network':
      return use(find(node.networks), (network) => describeNetwork(network, node))
    case 'volume':
      return use(
        node.volumes.find(({ name }) => name === id),
        (volume) => describeVolume(volume, node),
      )
    case 'service':
      return use(find(swarm?.services), describeService)
    case 'member':
      return use(find(swarm?.members), describeMember)
    case 'task':
      return use(find(swarm?.tasks), (task) => describeTask(task, node))
  }
}

/** In a word or two; the picture shows it beside the name. */
export function stateOf(container: XrayContainer): string {
  const { state, exit_code, oom_killed, health } = container
  if (state === 'exited' || state === 'dead') return `${state}, code ${exit_code}${oom_killed ? ', out of memory' : ''}`
  return health === null ? state : `${state}, ${health}`
}

/** How it is at a glance. */
export function moodOf({ state, exit_code, health }: XrayContainer): 'good' | 'bad' | 'busy' | 'idle' {
  if (state === 'restarting' || state === 'dead' || health === 'unhealthy') return 'bad'
  if (state === 'exited') return exit_code === 0 ? 'idle' : 'bad'
  if (state === 'running') return health === 'starting' ? 'busy' : 'good'
  return state === 'removing' ? 'busy' : 'idle'
}

export const imageName = ({ names, id }: XrayImage) => names[0] ?? `${id} (no name)`

function describeContainer(c: XrayContainer): Described {
  const name = shellWord(c.name)
  const runs = c.pid > 0
  const limits = [
    c.limits.memory === null ? 'memory: none' : `memory: ${Math.round(c.limits.memory / 2 ** 20)} MiB`,
    c.limits.cpus === null ? 'CPU: none' : `CPU: ${Number(c.limits.cpus.toFixed(2))}`,
    c.limits.pids === null ? 'processes: none' : `processes: ${c.limits.pids}`,
  ]
  const facts: Described['facts'] = [
    ['State', stateOf(c)],
    ['Image', c.image],
    ['Command', c.command],
  ]
  if (runs) facts.push(['Process on the node', `PID ${c.pid}, PID 1 inside`])
  if (c.started_at !== null) facts.push([runs ? 'Runs since' : 'Ran from', formatExact(c.started_at)])
  if (!runs && c.ended_at !== null) facts.push(['until', formatExact(c.ended_at)])
  if (c.restarts > 0) facts.push(['Restarts', `${c.restarts}, by its restart policy`])
  facts.push(['Limits', limits.join('; ')])
  for (const { inside, outside } of c.ports)
    facts.push(['Published', `${outside} of the node leads to ${inside} inside`])
  for (const net of c.networks)
    facts.push([
      `In network ${net.name}`,
      [net.address || 'no address while it does not run', net.names.length > 0 && `found as ${net.names.join(', ')}`]
        .filter(Boolean)
        .join('; '),
    ])
  for (const m of c.mounts)
    facts.push([`At ${m.target}`, `${m.kind} ${m.source}${m.writable ? '' : ', may only be read'}`.trim()])
  if (c.project !== null) facts.push(['Project of Compose', c.project])
  if (c.service !== null) facts.push(['Task of service', c.service])
  const always = [`docker inspect ${name}`, `docker logs ${name}`, `docker diff ${name}`]
  return {
    name: c.name,
    facts,
    commands: runs ? [...always, `docker top ${name}`, `docker stats --no-stream ${name}`] : always,
    ...(c.error === '' ? {} : { note: c.error }),
  }
}

function describeImage(image: XrayImage): Described {
  const name = shellWord(image.names[0] ?? image.id)
  return {
    name: imageName(image),
    facts: [
      ['Names', image.names.join(', ') || 'none: it was replaced by another, or is part of a build'],
      ['Id', image.id],
      ['Size', `${formatSize(image.size)}, what it shares with others included`],
      ['Layers', String(image.layers.length)],
      ...(image.created_at ? [['Made', formatExact(image.created_at)] as [string, string]] : []),
    ],
    commands: [`docker image inspect ${name}`, `docker history ${name}`, `docker run --rm -it ${name} sh`],
  }
}

function describeNetwork(network: XrayNetwork, node: XrayNode): Described {
  const members = node.containers.flatMap((container) =>
    container.networks.filter(({ name }) => name === network.name).map((membership) => ({ container, membership })),
  )
  return {
    name: network.name,
    facts: [
      ['Driver', `${network.driver}, ${network.scope}`],
      ...(network.subnet ? [['Addresses', network.subnet] as [string, string]] : []),
      ...(network.internal ? [['Way out', 'none: it is internal'] as [string, string]] : []),
      ['In it', members.length === 0 ? 'nobody' : countOf(members.length, 'container')],
      ...members.map(({ container, membership }): [string, string] => [
        container.name,
        [membership.address, membership.names.length > 0 && `found as ${membership.names.join(', ')}`]
          .filter(Boolean)
          .join('; ') || 'no address while it does not run',
      ]),
    ],
    commands: [`docker network inspect ${shellWord(network.name)}`],
    ...(['bridge', 'host', 'none'].includes(network.name) ? { note: builtIn[network.name] ?? '' } : {}),
  }
}

const builtIn: Record<string, string> = {
  bridge: 'The default network: containers in it reach each other by address only, not by name.',
  host: 'No network of its own: a container in it uses that of the node.',
  none: 'No network at all but loopback.',
}

function describeVolume(volume: XrayVolume, node: XrayNode): Described {
  const users = node.containers.flatMap((container) =>
    container.mounts
      .filter(({ kind, source }) => kind === 'volume' && source === volume.name)
      .map(({ target, writable }): [string, string] => [
        container.name,
        `at ${target}${writable ? '' : ', may only read'}`,
      ]),
  )
  return {
    name: volume.name,
    facts: [
      ['Driver', volume.driver],
      ...(volume.created_at ? [['Made', formatExact(volume.created_at)] as [string, string]] : []),
      ['Mounted by', users.length === 0 ? 'no container' : countOf(users.length, 'container')],
      ...users,
    ],
    commands: [`docker volume inspect ${shellWord(volume.name)}`, 'docker system df -v'],
    ...(volume.anonymous ? { note: 'It was made without a name, by a container whose image asks for a volume.' } : {}),
  }
}
