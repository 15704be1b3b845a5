/** What the engine's labels, networks and disks say of sessions: the truth about what is there. */
import type Docker from 'dockerode'
import { z } from 'zod'
import { limits } from '@drydock/kit/schema'
import type { FoundSession, SessionSpec } from '../port.ts'
import { isPoolHome, labels, ownerIn, ownerOf } from './homes.ts'
import { mirrorName } from './mirror.ts'

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

/** Undefined when it is none of ours, or not of today's make. */
export const specOf = (each: Docker.ContainerInfo): SessionSpec | undefined =>
  specLabel.safeParse(parseJson(each.Labels[labels.spec] ?? '')).data

export const homeOf = (each: Docker.ContainerInfo): string => each.Labels[labels.home] ?? ownerOf(each)
export const homeOfDisk = ownerIn

export interface Present {
  engine: Docker
  /** Ours, running or not. */
  containers: readonly Docker.ContainerInfo[]
  disks: readonly string[]
  /** Homes whose nodes are being made. */
  making: ReadonlySet<string>
}

export async function findSessions({ engine, containers, disks, making }: Present): Promise<FoundSession[]> {
  const found = new Map<string, FoundSession>()
  const note = (session: string) => {
    const entry = found.get(session) ?? { session, nodes: 0, stopped: [], complete: false }
    found.set(session, entry)
    return entry
  }
  for (const each of containers) {
    const owner = ownerOf(each)
    // The pool looks after its own.
    if (isPoolHome(owner)) continue
    const entry = note(owner)
    if (each.Labels[labels.node] === mirrorName) continue
    entry.nodes++
    if (each.State !== 'running') entry.stopped.push(each.Labels[labels.node] ?? '')
    entry.complete = entry.nodes - entry.stopped.length === specOf(each)?.nodes
  }
  const inUse = new Set([...containers.map(homeOf), ...making])
  const networks = await engine.listNetworks({ filters: { label: [labels.home] } })
  const homes = [...networks.map((network) => network.Name), ...disks.map(homeOfDisk)]
  for (const home of homes) if (!inUse.has(home)) note(home)
  return [...found.values()]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
