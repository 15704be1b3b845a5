/** A swarm as one of its managers sees it: machines, services, and where their tasks run. */
import { z } from 'zod'
import { xrayMost, type XrayMember, type XrayNode, type XrayService, type XrayTask } from '../contract/xray.ts'
import {
  maybeCount,
  maybeRows,
  maybeTime,
  maybeWords,
  readRows,
  shortId,
  words,
  type Ask,
  type Rows,
} from './node-answers.ts'

/** Bytes. */
const maxList = 1_048_576

const member = z.object({
  ID: shortId,
  Spec: z.object({ Role: words(20), Availability: words(20) }),
  Description: z.object({ Hostname: maybeWords(60) }),
  Status: z.object({ State: words(20) }),
  ManagerStatus: z.object({ Leader: z.boolean() }).nullable().catch(null),
})
const container = z.object({ ContainerSpec: z.object({ Image: maybeWords() }) })
const service = z.object({
  ID: shortId,
  Spec: z.object({
    Name: words(),
    TaskTemplate: container,
    Mode: z.object({
      Replicated: z
        .object({ Replicas: z.int().min(0) })
        .nullable()
        .catch(null),
    }),
    EndpointSpec: z.object({ Mode: maybeWords(20) }).catch({ Mode: '' }),
  }),
  Endpoint: z
    .object({ Ports: maybeRows(z.object({ Protocol: words(10), TargetPort: z.int(), PublishedPort: z.int() }), 10) })
    .catch({ Ports: [] }),
  UpdateStatus: z
    .object({ State: words(40), Message: maybeWords(300) })
    .nullable()
    .catch(null),
})
const task = z.object({
  ID: shortId,
  ServiceID: shortId,
  NodeID: shortId.catch(''),
  Slot: maybeCount,
  Spec: container,
  DesiredState: words(20),
  Status: z.object({
    State: words(20),
    Err: maybeWords(300),
    Timestamp: maybeTime,
    ContainerStatus: z.object({ ContainerID: shortId }).nullable().catch(null),
  }),
})

/** Without the digest that a registry adds. */
const imageName = (image: string) => image.replace(/@sha256:[0-9a-f]+$/, '')

type Told = NonNullable<XrayNode['swarm']>

export async function readSwarm(
  ask: Ask,
): Promise<{ members: Rows<XrayMember>; services: Rows<XrayService>; tasks: Rows<XrayTask> }> {
  const members = readRows(member, await ask('/nodes', maxList), xrayMost.members)
  const services = readRows(service, await ask('/services', maxList), xrayMost.services)
  const tasks = readRows(task, newestFirst(await ask('/tasks', maxList)), xrayMost.tasks)
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
  return {
    members: { ...members, rows: members.rows.map(describeMember).toSorted(byName) },
    services: { ...services, rows: services.rows.map(describeService).toSorted(byName) },
    tasks: { ...tasks, rows: tasks.rows.map(describeTask) },
  } satisfies Record<keyof Omit<Told, 'role'>, Rows<unknown>>
}

/** Old tasks stay in the list for a while, and the newest matter most. */
function newestFirst(answer: unknown): unknown {
  if (!Array.isArray(answer)) return answer
  const made = (each: unknown) => {
    const at = (each as { CreatedAt?: unknown } | null)?.CreatedAt
    return typeof at === 'string' ? at.slice(0, 40) : ''
  }
  return answer.slice(0, 5000).toSorted((a, b) => (made(a) < made(b) ? 1 : made(a) > made(b) ? -1 : 0))
}

const describeMember = ({ ID, Spec, Description, Status, ManagerStatus }: z.infer<typeof member>): XrayMember => ({
  id: ID,
  name: Description.Hostname,
  role: Spec.Role,
  state: Status.State,
  availability: Spec.Availability,
  leader: ManagerStatus?.Leader ?? false,
})

const describeService = ({ ID, Spec, Endpoint, UpdateStatus }: z.infer<typeof service>): XrayService => ({
  id: ID,
  name: Spec.Name,
  image: imageName(Spec.TaskTemplate.ContainerSpec.Image),
  wanted: Spec.Mode.Replicated?.Replicas ?? null,
  endpoint: Spec.EndpointSpec.Mode,
  update: UpdateStatus && { state: UpdateStatus.State, message: UpdateStatus.Message },
  ports: Endpoint.Ports.map((p) => ({ inside: `${p.TargetPort}/${p.Protocol}`, outside: p.PublishedPort })),
})

const describeTask = ({ ID, ServiceID, NodeID, Slot, Spec, DesiredState, Status }: z.infer<typeof task>): XrayTask => ({
  id: ID,
  service: ServiceID,
  member: NodeID,
  slot: Slot,
  image: imageName(Spec.ContainerSpec.Image),
  state: Status.State,
  wanted: DesiredState,
  problem: Status.Err,
  container: Status.ContainerStatus?.ContainerID ?? '',
  changed_at: Status.Timestamp,
})
