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
const ids = z.array(z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()).nullish() }))
const images = z.array(z.object({ Id: z.string(), RepoTags: z.array(z.string()).nullish() }))
const networks = z.array(z.object({ Id: z.string(), Name: z.string(), Scope: z.string() }))
const volumes = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullish() })
const usage = z.object({ BuildCache: z.array(z.object({ ID: z.string() })).nullish() })

const info = z.object({ Swarm: z.object({ ControlAvailable: z.boolean() }) })
const parts = z.array(z.object({ ID: z.string(), Spec: z.record(z.string(), z.unknown()) }))

/** Names, sizes, modes and contents of the work folder; names alone where scratch work lies, without what runc has there for a moment. */
const filesScript =
  'find . -type f -exec sha256sum {} + ; find . -printf "%y %m %p\\n"; find /tmp /var/tmp -mindepth 1 -maxdepth 1 ! -name "runc-process*"'

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
  const { Swarm } = info.parse(await get('/info'))
  // A swarm makes and removes the containers of a service as nodes come and go; what somebody made is the service.
  const listed = ids
    .parse(await get('/containers/json?all=1'))
    .filter(({ Labels }) => Labels?.['com.docker.swarm.task'] === undefined)
  const [inspected, tagged, nets, vols, disk, swarm] = await Promise.all([
    Promise.all(listed.map(async (c) => container.parse(await get(`/containers/${c.Id}/json`)))),
    get('/images/json?all=1').then((answer) => images.parse(answer)),
    get('/networks').then((answer) => networks.parse(answer)),
    get('/volumes').then((answer) => volumes.parse(answer)),
    get('/system/df?type=build-cache').then((answer) => usage.parse(answer)),
    Swarm.ControlAvailable ? lookAtSwarm(get) : [],
  ])
  return [
    ...inspected.map(
      (c) =>
        `container ${c.Name} ${c.Id} ${Object.values(c.State).join(' ')} ${c.RestartCount} ${Object.values(c.HostConfig).join(' ')}`,
    ),
    ...tagged.map((i) => `image ${i.Id} ${(i.RepoTags ?? []).toSorted().join(' ')}`),
    // A worker knows those of the swarm while it has a container in them; the default bridge is made anew by each start of the engine.
    ...nets
      .filter((n) => n.Scope !== 'swarm' || Swarm.ControlAvailable)
      .map((n) => (n.Name === 'bridge' ? 'network bridge' : `network ${n.Name} ${n.Id}`)),
    ...(vols.Volumes ?? []).map((v) => `volume ${v.Name}`),
    ...(disk.BuildCache ?? []).map((c) => `build cache ${c.ID}`),
    ...swarm,
  ]
}

/** What a manager knows, as it was asked for. */
async function lookAtSwarm(get: (path: string) => Promise<unknown>): Promise<string[]> {
  const kinds = ['nodes', 'services', 'secrets', 'configs']
  const told = await Promise.all(kinds.map(async (kind) => parts.parse(await get(`/${kind}`))))
  return kinds.flatMap((kind, i) => (told[i] ?? []).map(({ ID, Spec }) => `${kind} ${ID} ${JSON.stringify(Spec)}`))
}
