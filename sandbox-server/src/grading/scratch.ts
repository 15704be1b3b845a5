/** Names for what acting checks make on a node, and the removal of all that carries such a name, also after a crash. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { RuntimeNode } from '../runtime/port.ts'
import type { LimitedLog } from './limit-log.ts'

export const scratchPrefix = 'drydock-check-'

/** A new prefix, `drydock-check-<6 hex digits>-`: no two runs of a check meet each other's things. */
export const createScratch = () => `${scratchPrefix}${randomBytes(3).toString('hex')}-`

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,255}$/)
const some = <T extends z.ZodType>(row: T) =>
  z
    .array(z.unknown())
    .max(10_000)
    .transform((rows) =>
      rows.flatMap((r) => {
        const parsed = row.safeParse(r)
        return parsed.success ? [parsed.data] : []
      }),
    )
const containers = some(z.object({ Id: id, Names: z.array(z.string()) }))
const info = z.object({ Swarm: z.object({ ControlAvailable: z.boolean() }) })
const services = some(z.object({ ID: id, Spec: z.object({ Name: z.string() }) }))
const networks = some(z.object({ Id: id, Name: z.string() }))
const images = some(z.object({ RepoTags: z.array(z.string()).nullable() }))
const volumes = z.object({ Volumes: z.unknown() }).transform((v) =>
  some(z.object({ Name: z.string() }))
    .catch([])
    .parse(v.Volumes),
)

/** Milliseconds and requests: a node can claim to hold thousands of our things, checks make a handful. */
const removeWithin = 20_000
const maxRemovals = 200

/**
 * Removes services, containers, networks, volumes, image names and files below /tmp that carry the prefix. The node belongs to the
 * learner: whatever it answers is validated, a part that does not work is logged and left, and all of it has an end.
 */
export async function removeScratch(node: RuntimeNode, logger: LimitedLog): Promise<void> {
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      logger.warn({ node: node.name, what, err: error }, 'scratch not removed')
    }
  }
  const until = Date.now() + removeWithin
  let removals = 0
  const remove = async (url: string) => {
    if (++removals <= maxRemovals && Date.now() < until) await attempt(url, () => node.request('DELETE', url))
  }
  const ours = (name: string) => name.startsWith(scratchPrefix)

  // What a check that was cut off has started goes on in the node, and would make more after we have cleaned up.
  await attempt('processes', () => node.exec(['pkill', '-KILL', '-f', scratchPrefix], { cwd: '/' }))
  // Before the containers, because a swarm puts another one in the place of each that goes.
  await attempt('services', async () => {
    if (!info.parse(await node.request('GET', '/info')).Swarm.ControlAvailable) return
    for (const found of services.parse(await node.request('GET', '/services')))
      if (ours(found.Spec.Name)) await remove(`/services/${found.ID}`)
  })
  await attempt('containers', async () => {
    for (const found of containers.parse(await node.request('GET', '/containers/json?all=1')))
      if (found.Names.some((name) => ours(name.replace(/^\//, '')))) await remove(`/containers/${found.Id}?force=1&v=1`)
  })
  await Promise.all([
    attempt('networks', async () => {
      for (const found of networks.parse(await node.request('GET', '/networks')))
        if (ours(found.Name)) await remove(`/networks/${found.Id}`)
    }),
    attempt('volumes', async () => {
      for (const found of volumes.parse(await node.request('GET', '/volumes')))
        if (ours(found.Name)) await remove(`/volumes/${encodeURIComponent(found.Name)}?force=1`)
    }),
    attempt('images', async () => {
      // noprune: parents without a name may be the learner's.
      for (const found of images.parse(await node.request('GET', '/images/json')))
        for (const tag of found.RepoTags ?? [])
          if (ours(tag)) await remove(`/images/${encodeURIComponent(tag)}?force=1&noprune=1`)
    }),
    attempt('files', () => node.exec(['/bin/sh', '-c', `rm -rf /tmp/${scratchPrefix}*`], { cwd: '/' })),
  ])
  if (removals > maxRemovals || Date.now() > until)
    logger.warn({ node: node.name, removals }, 'scratch left: the node claims too much of it')
}
