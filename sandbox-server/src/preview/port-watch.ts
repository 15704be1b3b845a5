/** Which ports the containers of a session's nodes publish: looked up when an engine says that something changed. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { RuntimeNode } from '../runtime/port.ts'
import type { FoundPort } from './published-ports.ts'

/** More would be a mistake of a program, or a joke. */
const maxPorts = 40
/** Milliseconds between two looks: an engine whose containers restart all the time keeps nobody busy. */
const gap = 500

const published = z.object({ PublicPort: z.int().min(1).max(65_535), Type: z.literal('tcp') })
const container = z.object({
  Id: z.string().max(100).catch(''),
  Names: z.array(z.string()).catch([]),
  Labels: z.record(z.string(), z.string()).nullable().catch(null),
  Ports: z.array(z.unknown()).nullable().catch(null),
})
const service = z.object({
  ID: z.string().max(100).catch(''),
  Spec: z.object({ Name: z.string() }),
  Endpoint: z.object({ Ports: z.array(z.object({ PublishedPort: z.int(), Protocol: z.literal('tcp') })) }),
})

export interface PortWatch {
  /** Looks soon; many wishes at once are one. */
  look(nodes: readonly RuntimeNode[]): void
}

export function createPortWatch(onFound: (ports: FoundPort[]) => void): PortWatch {
  let wished: readonly RuntimeNode[] | undefined
  let looking = false
  const look = async () => {
    while (wished) {
      const nodes = wished
      wished = undefined
      const found = (await Promise.all(nodes.map(findPorts))).flat()
      if (!wished) onFound(found)
      await delay(gap)
    }
    looking = false
  }
  return {
    look(nodes) {
      wished = nodes
      if (looking) return
      looking = true
      void look()
    },
  }
}

/** Whatever a node answers: it may lie, and its engine may be gone. */
async function findPorts(node: RuntimeNode): Promise<FoundPort[]> {
  const found = new Map<number, FoundPort>()
  const note = (port: number, name: string, id: string) =>
    found.size < maxPorts && found.set(port, { node: node.name, port, container: readable(name), id })
  try {
    const containers = z.array(z.unknown()).parse(await node.request('GET', '/containers/json'))
    let swarm = false
    for (const each of containers) {
      const { data } = container.safeParse(each)
      swarm ||= data?.Labels?.['com.docker.swarm.service.name'] !== undefined
      for (const port of data?.Ports ?? []) {
        const { data: open } = published.safeParse(port)
        if (open) note(open.PublicPort, data?.Names[0]?.slice(1) ?? '', data?.Id ?? '')
      }
    }
    // Ports of a service are the swarm's, not its containers'; only a manager can tell.
    if (swarm)
      for (const each of z.array(z.unknown()).parse(await node.request('GET', '/services').catch(() => []))) {
        const { data } = service.safeParse(each)
        for (const port of data?.Endpoint.Ports ?? []) note(port.PublishedPort, data?.Spec.Name ?? '', data?.ID ?? '')
      }
  } catch {
    // No engine, no ports.
  }
  return [...found.values()].sort((a, b) => a.port - b.port)
}

const readable = (name: string) => name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 80)
