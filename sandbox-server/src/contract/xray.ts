/**
 * What is on the engines of a session's nodes, as the X-ray shows it. It is what the nodes say, and they may lie: names are text for
 * people, every list has an end (`left_out` names the kinds of which there is more), and times are of the node's clock.
 */
import { z } from 'zod'
import { nodeName } from './preview.ts'

/** How many of a kind are told of one node. */
export const xrayMost = {
  containers: 60,
  images: 60,
  layers: 40,
  networks: 40,
  volumes: 100,
  members: 10,
  services: 30,
  tasks: 150,
  happenings: 100,
} as const

/** Epoch ms. */
const time = z.number().nullable()
const text = z.string()
const port = z.object({ inside: text, outside: z.int() })

/** Ids are the first twelve digits, as `docker ps` prints them. */
export const xrayContainer = z.object({
  id: text,
  name: text,
  /** As it was given to `docker run`, and the id of what that was. */
  image: text,
  image_id: text,
  command: text,
  state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
  health: z.enum(['starting', 'healthy', 'unhealthy']).nullable(),
  /** Process id on the node; 0 when it does not run. */
  pid: z.int(),
  exit_code: z.int(),
  oom_killed: z.boolean(),
  /** Why the engine could not start it. */
  error: text,
  restarts: z.int(),
  started_at: time,
  ended_at: time,
  /** Null: none. `memory` in bytes. */
  limits: z.object({ memory: z.number().nullable(), cpus: z.number().nullable(), pids: z.number().nullable() }),
  ports: z.array(port),
  /** `names`: those that lead to it from other containers of that network. */
  networks: z.array(z.object({ name: text, address: text, names: z.array(text) })),
  /** `source`: a volume's name, or a path of the node. */
  mounts: z.array(z.object({ kind: text, source: text, target: text, writable: z.boolean() })),
  /** Of a swarm's task; the project of Compose. */
  service: text.nullable(),
  project: text.nullable(),
})
export type XrayContainer = z.infer<typeof xrayContainer>

/** `made_by`: the instruction that made it, as far as the history tells. `size` is null where it does not. */
export const xrayLayer = z.object({ id: text, size: z.number().nullable(), made_by: text })
export const xrayImage = z.object({
  id: text,
  names: z.array(text),
  size: z.number(),
  created_at: time,
  /** The lowest first. */
  layers: z.array(xrayLayer),
})
export type XrayImage = z.infer<typeof xrayImage>

export const xrayNetwork = z.object({
  id: text,
  name: text,
  driver: text,
  scope: text,
  internal: z.boolean(),
  subnet: text,
})
export type XrayNetwork = z.infer<typeof xrayNetwork>

export const xrayVolume = z.object({ name: text, driver: text, anonymous: z.boolean(), created_at: time })
export type XrayVolume = z.infer<typeof xrayVolume>

/** A machine of the swarm. */
export const xrayMember = z.object({
  id: text,
  name: text,
  role: text,
  state: text,
  availability: text,
  leader: z.boolean(),
})
export type XrayMember = z.infer<typeof xrayMember>
export const xrayService = z.object({
  id: text,
  name: text,
  image: text,
  /** Tasks that there should be; null for a global service, which has one on each machine. */
  wanted: z.int().nullable(),
  endpoint: text,
  update: z.object({ state: text, message: text }).nullable(),
  ports: z.array(port),
})
export type XrayService = z.infer<typeof xrayService>
/** `member` and `service` are ids; `container` is empty while there is none. */
export const xrayTask = z.object({
  id: text,
  service: text,
  member: text,
  slot: z.int(),
  image: text,
  state: text,
  wanted: text,
  problem: text,
  container: text,
  changed_at: time,
})
export type XrayTask = z.infer<typeof xrayTask>

export const xrayNode = z.object({
  name: nodeName,
  /** `strange`: something answers, but not as a Docker Engine does; what was understood of it is told. */
  engine: z.enum(['up', 'down', 'strange']),
  version: text,
  containers: z.array(xrayContainer),
  images: z.array(xrayImage),
  networks: z.array(xrayNetwork),
  volumes: z.array(xrayVolume),
  /** Null: in no swarm. The lists are empty where the node is no manager. */
  swarm: z
    .object({
      role: z.enum(['manager', 'worker']),
      members: z.array(xrayMember),
      services: z.array(xrayService),
      tasks: z.array(xrayTask),
    })
    .nullable(),
  left_out: z.array(z.enum(['containers', 'images', 'networks', 'volumes', 'members', 'services', 'tasks'])),
})
export type XrayNode = z.infer<typeof xrayNode>

/** Something that an engine said has happened. `number` grows within a session; `detail`: an exit code, an image, a state. */
export const xrayHappening = z.object({
  number: z.int(),
  at: z.number(),
  node: nodeName,
  kind: text,
  action: text,
  name: text,
  detail: text,
})
export type XrayHappening = z.infer<typeof xrayHappening>

/** Server to browser on `/api/sessions/:id/xray`: what happened lately and each node at first, then what is new and each node that changed. */
export const xrayEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('node'), node: xrayNode }),
  /** `missed`: so many more than are told have happened since the last time: they came too fast. */
  z.object({ type: z.literal('happened'), happenings: z.array(xrayHappening), missed: z.int() }),
])
export type XrayEvent = z.infer<typeof xrayEvent>

/** `GET /api/sessions/:id/nodes/:node/containers/:container/inside`: what of a container changes all the time, and what it shares with its node. */
export const xrayInside = z.object({
  /** `node` and `container` are numbers of inodes: the same one is the same namespace. */
  namespaces: z.array(z.object({ kind: text, node: text, container: text })),
  processes: z.array(z.object({ pid: z.int(), user: text, command: text })),
  /** Null: it does not run. Memory in bytes, `cpu_ns` since it started; `held_back`: periods of CPU time in which it was stopped at its limit. */
  use: z
    .object({
      at: z.number(),
      memory: z.number(),
      cpu_ns: z.number(),
      periods: z.number(),
      held_back: z.number(),
      pids: z.number(),
    })
    .nullable(),
})
export type XrayInside = z.infer<typeof xrayInside>
