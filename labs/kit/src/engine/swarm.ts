/** A swarm as one of its managers tells it: nodes, services, and the tasks that became of them. */
import { z } from 'zod'
import { NotFound, type Node } from '../check.ts'
import { count, many, parseAnswer, text, time, word } from './answer.ts'

const info = z.object({
  Swarm: z.object({
    LocalNodeState: word,
    ControlAvailable: z.boolean(),
    NodeID: word.default(''),
    Cluster: z.object({ ID: word }).nullish(),
  }),
})

export interface Membership {
  /** `inactive`, `pending`, `active`, `error` or `locked`. */
  state: string
  manager: boolean
  nodeId: string
  /** Of the swarm; only a manager knows it. */
  swarmId: string | undefined
}

/** What a node is in a swarm, as its own engine says. */
export async function membership(node: Node): Promise<Membership> {
  const { Swarm } = parseAnswer(info, await node.get('/info'), 'docker info')
  const { LocalNodeState, ControlAvailable, NodeID, Cluster } = Swarm
  return { state: LocalNodeState, manager: ControlAvailable, nodeId: NodeID, swarmId: Cluster?.ID }
}

const listedNodes = many(
  z.object({
    ID: word,
    Spec: z.object({ Role: word, Availability: word, Labels: z.record(word, text).nullish() }),
    Description: z.object({ Hostname: word }).nullish(),
    Status: z.object({ State: word }),
    ManagerStatus: z.object({ Leader: z.boolean().default(false), Reachability: word.default('') }).nullish(),
  }),
)

export interface SwarmNode {
  id: string
  name: string
  role: 'manager' | 'worker'
  /** `active`, `pause` or `drain`. */
  availability: string
  /** `ready`, `down`, `disconnected` or `unknown`. */
  state: string
  leader: boolean
  labels: Record<string, string>
}

/** Ask a manager: any other engine refuses, and so does one whose swarm has no leader. */
export async function swarmNodes(manager: Node): Promise<SwarmNode[]> {
  return parseAnswer(listedNodes, await manager.get('/nodes'), 'docker node ls').map((n) => ({
    id: n.ID,
    name: n.Description?.Hostname ?? n.ID,
    role: n.Spec.Role === 'manager' ? 'manager' : 'worker',
    availability: n.Spec.Availability,
    state: n.Status.State,
    leader: n.ManagerStatus?.Leader ?? false,
    labels: n.Spec.Labels ?? {},
  }))
}

const reference = z.object({ File: z.object({ Name: word }).nullish() })
const inspected = z.object({
  ID: word,
  Spec: z.object({
    Name: word,
    Labels: z.record(word, text).nullish(),
    Mode: z.object({ Replicated: z.object({ Replicas: count.default(0) }).nullish() }),
    TaskTemplate: z.object({
      ContainerSpec: z.object({
        Image: word,
        Env: many(text).nullish(),
        Healthcheck: z.object({ Test: many(text).nullish() }).nullish(),
        Secrets: many(reference.extend({ SecretID: word, SecretName: word })).nullish(),
        Configs: many(reference.extend({ ConfigID: word, ConfigName: word })).nullish(),
      }),
      Resources: z.object({ Limits: z.object({ MemoryBytes: count.default(0) }).nullish() }).nullish(),
      Placement: z.object({ Constraints: many(text).nullish() }).nullish(),
      Networks: many(z.object({ Target: word })).nullish(),
    }),
    EndpointSpec: z.object({ Mode: word.default('') }).nullish(),
    UpdateConfig: z.object({ FailureAction: word.default('pause'), Order: word.default('stop-first') }).nullish(),
  }),
  Endpoint: z
    .object({
      Spec: z.object({ Mode: word.default('') }).nullish(),
      Ports: many(
        z.object({ PublishMode: word.default('ingress'), PublishedPort: count.default(0), TargetPort: count }),
      ).nullish(),
    })
    .nullish(),
  UpdateStatus: z.object({ State: word.default(''), Message: text.default('') }).nullish(),
})

export interface Service {
  id: string
  name: string
  labels: Record<string, string>
  /** As it is wanted, without the digest that may follow it. */
  image: string
  /** Null for a global service. */
  replicas: number | null
  env: string[]
  healthcheck: string[]
  /** `file`: where it lies in the container; relative to /run/secrets for a secret. */
  secrets: { name: string; file: string }[]
  configs: { name: string; file: string }[]
  /** Bytes, null when unlimited. */
  memory: number | null
  constraints: string[]
  /** Ids. */
  networks: string[]
  /** `vip` or `dnsrr`. */
  endpointMode: string
  published: { mode: string; host: number; port: number }[]
  /** What happens when an update fails: `pause`, `continue` or `rollback`. */
  failureAction: string
  /** Of the last update, for example `completed`, `paused` or `rollback_completed`; empty when there was none. */
  updateState: string
}

/** The service with this name, undefined when there is none. Ask a manager. */
export async function service(manager: Node, name: string): Promise<Service | undefined> {
  try {
    const answer = await manager.get(`/services/${encodeURIComponent(name)}`)
    return read(parseAnswer(inspected, answer, `docker service inspect ${name}`))
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

function read({ ID, Spec, Endpoint, UpdateStatus }: z.infer<typeof inspected>): Service {
  const { ContainerSpec: container, Resources, Placement, Networks } = Spec.TaskTemplate
  const memory = Resources?.Limits?.MemoryBytes ?? 0
  return {
    id: ID,
    name: Spec.Name,
    labels: Spec.Labels ?? {},
    image: container.Image.replace(/@sha256:.*$/, ''),
    replicas: Spec.Mode.Replicated?.Replicas ?? null,
    env: container.Env ?? [],
    healthcheck: container.Healthcheck?.Test ?? [],
    secrets: (container.Secrets ?? []).map((s) => ({ name: s.SecretName, file: s.File?.Name ?? s.SecretName })),
    configs: (container.Configs ?? []).map((c) => ({ name: c.ConfigName, file: c.File?.Name ?? c.ConfigName })),
    memory: memory > 0 ? memory : null,
    constraints: Placement?.Constraints ?? [],
    networks: (Networks ?? []).map((n) => n.Target),
    // What is wanted comes first: Engine 26.1 goes on telling the old mode beside the ports when a service gets its network later.
    endpointMode: Spec.EndpointSpec?.Mode || Endpoint?.Spec?.Mode || 'vip',
    published: (Endpoint?.Ports ?? []).map((p) => ({
      mode: p.PublishMode,
      host: p.PublishedPort,
      port: p.TargetPort,
    })),
    failureAction: Spec.UpdateConfig?.FailureAction ?? 'pause',
    updateState: UpdateStatus?.State ?? '',
  }
}

const listedTasks = many(
  z.object({
    ID: word,
    Slot: count.default(0),
    NodeID: word.default(''),
    DesiredState: word,
    CreatedAt: time,
    Spec: z.object({
      ContainerSpec: z
        .object({ Image: word, Healthcheck: z.object({ Test: many(text).nullish() }).nullish() })
        .nullish(),
    }),
    Status: z.object({
      State: word,
      Err: text.default(''),
      ContainerStatus: z.object({ ContainerID: word.default('') }).nullish(),
    }),
  }),
)

export interface SwarmTask {
  id: string
  /** The place that it fills, from 1 on; 0 in a global service. */
  slot: number
  /** Empty while it has none. */
  nodeId: string
  /** `running`, `pending`, `failed`, … */
  state: string
  /** What the swarm wants of it: `running`, `shutdown`, … */
  desired: string
  error: string
  image: string
  /** As it was wanted when the task was made; empty when there was none. */
  healthcheck: string[]
  /** Of its container, on that node; empty before there is one. */
  containerId: string
  /** Epoch ms. */
  created: number
}

/** All tasks of a service that the swarm remembers, those that are over too; oldest first. Ask a manager. */
export async function serviceTasks(manager: Node, name: string): Promise<SwarmTask[]> {
  const filters = encodeURIComponent(JSON.stringify({ service: [name] }))
  const listed = parseAnswer(listedTasks, await manager.get(`/tasks?filters=${filters}`), `docker service ps ${name}`)
  return listed
    .map((t) => ({
      id: t.ID,
      slot: t.Slot,
      nodeId: t.NodeID,
      state: t.Status.State,
      desired: t.DesiredState,
      error: t.Status.Err,
      image: (t.Spec.ContainerSpec?.Image ?? '').replace(/@sha256:.*$/, ''),
      healthcheck: t.Spec.ContainerSpec?.Healthcheck?.Test ?? [],
      containerId: t.Status.ContainerStatus?.ContainerID ?? '',
      created: t.CreatedAt ?? 0,
    }))
    .toSorted((a, b) => a.created - b.created)
}

/** Those that run and are meant to. */
export async function runningTasks(manager: Node, name: string): Promise<SwarmTask[]> {
  return (await serviceTasks(manager, name)).filter((t) => t.state === 'running' && t.desired === 'running')
}
