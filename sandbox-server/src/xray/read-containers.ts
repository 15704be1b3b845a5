/** The containers of a node, each as its engine describes it. */
import { z } from 'zod'
import { NotFound } from '@drydock/kit'
import { xrayMost, type XrayContainer } from '../contract/xray.ts'
import {
  maybeCount,
  maybeTime,
  maybeWords,
  readable,
  readRows,
  shortId,
  words,
  type Ask,
  type Rows,
} from './node-answers.ts'

/** Bytes. A description has about eight thousand. */
const maxList = 1_048_576
const maxAnswer = 65_536
/** Entries of the lists inside a description. */
const few = 10

const listed = z.object({ Id: z.string().regex(/^[0-9a-f]{12,64}$/), Names: z.array(z.string()).catch([]) })

const record = <T extends z.ZodType>(value: T) =>
  z.unknown().transform((answer): [string, z.infer<T>][] => {
    if (typeof answer !== 'object' || answer === null) return []
    return Object.entries(answer)
      .slice(0, few)
      .flatMap(([key, each]) => {
        const parsed = value.safeParse(each)
        return parsed.success ? [[readable(key), parsed.data] as [string, z.infer<T>]] : []
      })
  })
const list = <T extends z.ZodType>(value: T) => record(value).transform((entries) => entries.map(([, each]) => each))
const limit = z.number().positive().nullable().catch(null)

const inspected = z.object({
  Id: shortId,
  Name: words().transform((name) => name.replace(/^\//, '')),
  Image: shortId,
  RestartCount: maybeCount,
  Path: maybeWords(),
  Args: list(words()),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    OOMKilled: z.boolean().catch(false),
    ExitCode: maybeCount,
    Pid: maybeCount,
    Error: maybeWords(300),
    StartedAt: maybeTime,
    FinishedAt: maybeTime,
    Health: z
      .object({ Status: z.enum(['starting', 'healthy', 'unhealthy']) })
      .nullable()
      .catch(null),
  }),
  Config: z.object({ Image: maybeWords(), Labels: z.record(z.string(), z.string()).catch({}) }),
  HostConfig: z.object({
    Memory: limit,
    NanoCpus: limit,
    CpuQuota: limit,
    CpuPeriod: limit,
    PidsLimit: limit,
  }),
  NetworkSettings: z.object({
    Ports: record(list(z.object({ HostPort: z.coerce.number().int().min(1).max(65_535) }))),
    Networks: record(z.object({ IPAddress: maybeWords(50), DNSNames: list(words(100)), Aliases: list(words(100)) })),
  }),
  Mounts: list(
    z.object({
      Type: words(20),
      Name: maybeWords(),
      Source: maybeWords(),
      Destination: words(),
      RW: z.boolean().catch(true),
    }),
  ),
})

/** `ignore`: names of ours. */
export async function readContainers(ask: Ask, ignore: (name: string) => boolean): Promise<Rows<XrayContainer>> {
  const found = readRows(
    listed,
    await ask(`/containers/json?all=1&limit=${xrayMost.containers + 1}`, maxList),
    xrayMost.containers,
  )
  const rows: XrayContainer[] = []
  for (const { Id, Names } of found.rows) {
    if (Names.some((name) => ignore(name.replace(/^\//, '')))) continue
    try {
      const { data } = inspected.safeParse(await ask(`/containers/${Id}/json`, maxAnswer))
      if (data) rows.push(describe(data))
    } catch (error) {
      // Gone between the list and the question.
      if (!(error instanceof NotFound)) throw error
    }
  }
  return { rows, more: found.more }
}

function describe(c: z.infer<typeof inspected>): XrayContainer {
  const { State: state, HostConfig: host, NetworkSettings: net } = c
  const quota = host.CpuQuota === null ? null : host.CpuQuota / (host.CpuPeriod ?? 100_000)
  const label = (name: string) => {
    const value = c.Config.Labels[name]
    return value === undefined ? null : readable(value, 100)
  }
  const ports = net.Ports.flatMap(([inside, hosts]) => hosts.map(({ HostPort }) => ({ inside, outside: HostPort })))
  return {
    id: c.Id,
    name: c.Name,
    image: c.Config.Image,
    image_id: c.Image,
    command: readable([c.Path, ...c.Args].join(' ')),
    state: state.Status,
    health: state.Health?.Status ?? null,
    pid: state.Pid,
    exit_code: state.ExitCode,
    oom_killed: state.OOMKilled,
    error: state.Error,
    restarts: c.RestartCount,
    started_at: state.StartedAt,
    ended_at: state.FinishedAt,
    limits: { memory: host.Memory, cpus: host.NanoCpus === null ? quota : host.NanoCpus / 1e9, pids: host.PidsLimit },
    // Once for IPv4 and once for IPv6.
    ports: ports.filter((a, i) => ports.findIndex((b) => b.inside === a.inside && b.outside === a.outside) === i),
    networks: net.Networks.map(([name, { IPAddress, DNSNames, Aliases }]) => ({
      name,
      address: IPAddress,
      names: [...new Set([...DNSNames, ...Aliases])],
    })),
    mounts: c.Mounts.map(({ Type, Name, Source, Destination, RW }) => ({
      kind: Type,
      source: Type === 'volume' ? Name : Source,
      target: Destination,
      writable: RW,
    })),
    service: label('com.docker.swarm.service.name'),
    project: label('com.docker.compose.project'),
  }
}
