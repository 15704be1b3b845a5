/** Containers of a node as its own engine sees them. */
import { z } from 'zod'
import { NotFound, type Node } from '../check.ts'
import { count, many, parseAnswer, text, time, word } from './answer.ts'

const inspected = z.object({
  Id: word,
  Name: word,
  Created: time,
  Image: word,
  RestartCount: count.default(0),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    OOMKilled: z.boolean(),
    ExitCode: count,
    Pid: count,
    StartedAt: time,
    FinishedAt: time,
    Error: text.default(''),
  }),
  Config: z.object({
    Image: word,
    User: word.default(''),
    Cmd: many(text).nullish(),
    Labels: z.record(word, text).nullish(),
  }),
  HostConfig: z.object({
    Memory: count.default(0),
    MemorySwap: count.default(0),
    NanoCpus: count.default(0),
    CpuQuota: count.default(0),
    CpuPeriod: count.default(0),
    CpuShares: count.default(0),
    PidsLimit: count.nullish(),
  }),
  NetworkSettings: z.object({
    Ports: z.record(word, many(z.object({ HostIp: word, HostPort: word })).nullable()).nullish(),
    Networks: z.record(word, z.object({ IPAddress: word })).nullish(),
  }),
  Mounts: many(z.object({ Type: word, Source: text.default(''), Destination: text, RW: z.boolean() })).nullish(),
})

export interface Container {
  id: string
  name: string
  /** As it was given to `docker run`. */
  image: string
  imageId: string
  state: z.infer<typeof inspected>['State']['Status']
  /** Meaningful when `state` is exited or dead. */
  exitCode: number
  oomKilled: boolean
  /** Why the engine could not start it, empty when it could. */
  error: string
  /** Process id in the node, 0 when it is not running. */
  pid: number
  /** Epoch ms. */
  created: number | undefined
  startedAt: number | undefined
  finishedAt: number | undefined
  restarts: number
  user: string
  command: string[]
  labels: Record<string, string>
  /** As configured, null when unlimited: bytes, bytes (memory and swap together), CPUs, processes; `cpuShares` 0 is the default weight. */
  limits: {
    memory: number | null
    memorySwap: number | null
    cpus: number | null
    cpuShares: number
    pids: number | null
  }
  /** One entry a publication; `port` is as in `80/tcp`. */
  published: { port: string; host: number; address: string }[]
  /** Network name to IPv4 address, empty string while it is not running. */
  networks: Record<string, string>
  mounts: { type: string; source: string; destination: string; writable: boolean }[]
}

/** The container with this name or id, undefined when there is none. */
export async function container(node: Node, name: string): Promise<Container | undefined> {
  try {
    const answer = await node.get(`/containers/${encodeURIComponent(name)}/json`)
    return read(parseAnswer(inspected, answer, `docker inspect ${name}`))
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

const listed = many(z.object({ Id: word, Names: many(word), Image: word, State: word }))

/** All containers, stopped ones too; what scratch work of ours made is left out. */
export async function containers(node: Node): Promise<{ id: string; name: string; image: string; state: string }[]> {
  const answer = parseAnswer(listed, await node.get('/containers/json?all=1'), 'docker ps -a')
  return answer
    .map((c) => ({
      id: c.Id,
      name: c.Names[0]?.replace(/^\//, '') ?? c.Id.slice(0, 12),
      image: c.Image,
      state: c.State,
    }))
    .filter((c) => !c.name.startsWith('drydock-check-'))
}

export interface Logs {
  stdout: string
  stderr: string
}

/** The last lines of what a container wrote, undefined when there is no such container. */
export async function containerLogs(node: Node, name: string, tail = 1000): Promise<Logs | undefined> {
  const ran = await node.exec(['docker', 'logs', '--tail', String(tail), '--', name])
  return ran.code === 0 ? { stdout: ran.stdout, stderr: ran.stderr } : undefined
}

const changes = many(z.object({ Path: text, Kind: count })).nullable()

/**
 * Paths that differ from the image in the container's writable layer, as `docker diff` shows them; undefined when there is no such container. The
 * engine's own are among them: the places of mounts, and with `--init` /sbin/docker-init.
 */
export async function containerChanges(node: Node, name: string): Promise<string[] | undefined> {
  try {
    const answer = await node.get(`/containers/${encodeURIComponent(name)}/changes`)
    return (parseAnswer(changes, answer, `docker diff ${name}`) ?? []).map((c) => c.Path)
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

function read(c: z.infer<typeof inspected>): Container {
  const h = c.HostConfig
  const quota = h.CpuQuota > 0 ? h.CpuQuota / (h.CpuPeriod || 100_000) : null
  return {
    id: c.Id,
    name: c.Name.replace(/^\//, ''),
    image: c.Config.Image,
    imageId: c.Image,
    state: c.State.Status,
    exitCode: c.State.ExitCode,
    oomKilled: c.State.OOMKilled,
    error: c.State.Error,
    pid: c.State.Pid,
    created: c.Created,
    startedAt: c.State.StartedAt,
    finishedAt: c.State.FinishedAt,
    restarts: c.RestartCount,
    user: c.Config.User,
    command: c.Config.Cmd ?? [],
    labels: c.Config.Labels ?? {},
    limits: {
      memory: h.Memory > 0 ? h.Memory : null,
      memorySwap: h.MemorySwap > 0 ? h.MemorySwap : null,
      cpus: h.NanoCpus > 0 ? h.NanoCpus / 1e9 : quota,
      cpuShares: h.CpuShares,
      pids: h.PidsLimit && h.PidsLimit > 0 ? h.PidsLimit : null,
    },
    published: Object.entries(c.NetworkSettings.Ports ?? {}).flatMap(([port, hosts]) =>
      (hosts ?? []).map((host) => ({ port, host: Number(host.HostPort), address: host.HostIp })),
    ),
    networks: Object.fromEntries(Object.entries(c.NetworkSettings.Networks ?? {}).map(([n, v]) => [n, v.IPAddress])),
    mounts: (c.Mounts ?? []).map((m) => ({
      type: m.Type,
      source: m.Source,
      destination: m.Destination,
      writable: m.RW,
    })),
  }
}
