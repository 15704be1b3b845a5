/** The state of a node that checks must leave as it is, one line a thing, so that a difference can be named. */
import { EngineDown } from '@drydock/kit'
import { z } from 'zod'
import type { RuntimeNode } from '../runtime/port.ts'

const container = z.object({
  Id: z.string(),
  Name: z.string(),
  RestartCount: z.number(),
  State: z.object({ Status: z.string(), StartedAt: z.string(), ExitCode: z.number() }),
  HostConfig: z.object({ Memory: z.number(), NanoCpus: z.number(), PidsLimit: z.number().nullish() }),
})
const ids = z.array(z.object({ Id: z.string() }))
const images = z.array(z.object({ Id: z.string(), RepoTags: z.array(z.string()).nullish() }))
const networks = z.array(z.object({ Id: z.string(), Name: z.string() }))
const volumes = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullish() })
const usage = z.object({ BuildCache: z.array(z.object({ ID: z.string() })).nullish() })

/** Names, sizes, modes and contents of the work folder; names alone where scratch work lies. */
const filesScript =
  'find . -type f -exec sha256sum {} + ; find . -printf "%y %m %p\\n"; find /tmp /var/tmp -mindepth 1 -maxdepth 1'

/** An engine that does not answer is a state as well: labs about it begin with one that is stopped. */
export async function takeFingerprint(node: RuntimeNode): Promise<string> {
  const [engine, files] = await Promise.all([
    lookAtEngine(node).catch((error: unknown) => {
      if (error instanceof EngineDown) return ['the engine does not answer']
      throw error
    }),
    node.exec(['sh', '-c', filesScript]),
  ])
  const lines = files.stdout.trim().split('\n')
  return [...engine, ...lines.map((line) => `file ${line}`)]
    .toSorted()
    .map((line) => `${node.name} ${line}`)
    .join('\n')
}

async function lookAtEngine(node: RuntimeNode): Promise<string[]> {
  const get = (path: string) => node.request('GET', path)
  const listed = ids.parse(await get('/containers/json?all=1'))
  const [inspected, tagged, nets, vols, disk] = await Promise.all([
    Promise.all(listed.map(async (c) => container.parse(await get(`/containers/${c.Id}/json`)))),
    get('/images/json?all=1').then((answer) => images.parse(answer)),
    get('/networks').then((answer) => networks.parse(answer)),
    get('/volumes').then((answer) => volumes.parse(answer)),
    get('/system/df?type=build-cache').then((answer) => usage.parse(answer)),
  ])
  return [
    ...inspected.map(
      (c) =>
        `container ${c.Name} ${c.Id} ${Object.values(c.State).join(' ')} ${c.RestartCount} ${Object.values(c.HostConfig).join(' ')}`,
    ),
    ...tagged.map((i) => `image ${i.Id} ${(i.RepoTags ?? []).toSorted().join(' ')}`),
    ...nets.map((n) => `network ${n.Name} ${n.Id}`),
    ...(vols.Volumes ?? []).map((v) => `volume ${v.Name}`),
    ...(disk.BuildCache ?? []).map((c) => `build cache ${c.ID}`),
  ]
}
