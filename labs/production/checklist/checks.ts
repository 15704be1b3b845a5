/** The checklist: each entry is read where it takes effect, in the kernel, the Engine or the layers of the image that runs. */
import {
  container,
  containerLogs,
  containers,
  fail,
  image,
  imageHistory,
  NotFound,
  pass,
  request,
  size,
} from '@drydock/kit'
import type { Check, Checks, CheckContext, Node, Outcome } from '@drydock/kit'

const MiB = 1024 * 1024

/** What is read of `docker inspect`; all of it is the learner's, and may be missing. */
interface Inspected {
  Image?: string
  State?: { Pid?: number; Health?: { Status?: string } | null }
  Config?: { Image?: string; Env?: string[] | null; Healthcheck?: { Test?: string[] | null } | null }
  HostConfig?: {
    Memory?: number
    PidsLimit?: number | null
    RestartPolicy?: { Name?: string } | null
    LogConfig?: { Type?: string; Config?: Record<string, string> | null } | null
  }
}

interface Seen {
  name: string
  pid: number
  imageId: string
  inspected: Inspected
}

/** One question where Compose has given the container its usual name; more only where it has not. */
async function look(node: Node): Promise<Seen | undefined> {
  const usual = await inspect(node, 'harbour-api-api-1')
  if (usual) return usual
  for (const { id } of await containers(node)) {
    const api = await container(node, id)
    const ours = api?.labels['com.docker.compose.service'] === 'api' || api?.published.some((p) => p.host === 8080)
    const seen = ours ? await inspect(node, id) : undefined
    if (seen) return seen
  }
  return undefined
}

async function inspect(node: Node, name: string): Promise<Seen | undefined> {
  try {
    const inspected = (await node.get(`/containers/${name}/json`)) as Inspected
    const pid = inspected.State?.Pid ?? 0
    return pid > 0 ? { name, pid, imageId: inspected.Image ?? '', inspected } : undefined
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

const running =
  (expected: string, check: (seen: Seen, lab: CheckContext) => Promise<Outcome> | Outcome): Check =>
  async (lab) => {
    const seen = await look(lab.node1)
    return seen ? check(seen, lab) : fail({ expected, observed: 'the service `api` does not run', hint: 'command' })
  }

const answers: Check = async ({ node1, values }) => {
  const expected = 'an answer at http://localhost:8080 by an `api` that has its token'
  const seen = await look(node1)
  if (!seen) return fail({ expected, observed: 'the service `api` does not run', hint: 'logs' })
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'logs' })
  const token = values.token ?? ''
  const digest = `${token.length}…${token.slice(-4)}`
  const mark = answer.body.match(/token (\S+)/)?.[1]
  if (mark !== digest)
    return fail({
      expected,
      observed: mark === 'none' ? 'it answers, and has no token' : `"${answer.body.trim().slice(0, 80)}"`,
      hint: 'token',
    })
  return pass(answer.body.trim())
}

const pin = 'a base image pinned to version and release, and a container built from it'

/** What the last stage of a Dockerfile is built on in the end: by way of stages with a name, and of arguments with a default. */
function baseOf(dockerfile: string): string {
  const defaults = Object.fromEntries(
    [...dockerfile.matchAll(/^ARG\s+(\w+)=["']?([^\s"']*)/gim)].map(([, name = '', value = '']) => [name, value]),
  )
  const stages = [...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)]
  let from = 'nothing'
  // Upwards: a stage can only stand on one before it.
  for (const [, base = '', name] of stages.toReversed())
    if (from === 'nothing' || name?.toLowerCase() === from.toLowerCase())
      from = base.replaceAll(/\$\{?(\w+)(?::?-[^}]*)?\}?/g, (all, arg: string) => defaults[arg] ?? all)
  return from
}

const pinned = running(pin, async ({ imageId, inspected }, { node1 }) => {
  const from = baseOf((await node1.read('Dockerfile')) ?? '')
  if (!/^(?:docker\.io\/)?(?:library\/)?python:3\.13\S*-(trixie|bookworm)$|@sha256:[0-9a-f]{64}$/.test(from))
    return fail({ expected: pin, observed: `FROM ${from}`, hint: 'floating' })
  const [base, built] = await Promise.all([image(node1, from), image(node1, imageId)])
  if (!base)
    return fail({ expected: pin, observed: `FROM ${from}, an image that is not on this machine`, hint: 'floating' })
  if (base.layers.some((layer, i) => built?.layers[i] !== layer))
    return fail({ expected: pin, observed: `FROM ${from}, and a container that is built on another`, hint: 'rebuild' })
  const tag = inspected.Config?.Image ?? ''
  const current = await image(node1, tag)
  if (current && current.id !== imageId)
    return fail({ expected: pin, observed: `FROM ${from}, and a container of an older image`, hint: 'rebuild' })
  return pass(`FROM ${from}`)
})

/** Files with these names in layers of the image that are its own, as paths below the layer. */
async function inLayers(node: Node, imageId: string, test: readonly string[]): Promise<string[]> {
  const own = (await node.get(`/images/${imageId}/json`)) as {
    GraphDriver?: { Data?: { LowerDir?: string; UpperDir?: string } }
  }
  const data = own.GraphDriver?.Data ?? {}
  const folders = [data.UpperDir ?? '', ...(data.LowerDir ?? '').split(':')].filter((f) =>
    f.startsWith('/var/lib/docker/overlay2/'),
  )
  if (folders.length === 0) return []
  // The system below is not theirs: packages may well have files with such names. /usr/src is where many put their own.
  const system = ['lib', 'share', 'local', 'include'].flatMap((part) => ['-not', '-path', `*/usr/${part}/*`])
  const found = await node.exec(['find', ...folders, '-maxdepth', '4', ...system, ...test])
  return found.stdout
    .split('\n')
    .filter(Boolean)
    .map((path) => path.replace(/^.*?\/diff/, ''))
}

const noLeftovers = 'neither `.env` nor `.git` in any layer of the image'
const clean = running(noLeftovers, async ({ imageId, pid }, { node1 }) => {
  const found = await inLayers(node1, imageId, ['(', '-name', '.env', '-o', '-name', '.git', ')'])
  const real = [...new Set(found)]
  if (real.length === 0) return pass('the image holds what it needs')
  const visible = await Promise.all(real.map((path) => node1.exec(['test', '-e', `/proc/${pid}/root${path}`])))
  const hidden = visible.every((v) => v.code !== 0)
  return fail({
    expected: noLeftovers,
    observed: `${real.join(' and ')} ${hidden ? 'in a layer below' : 'in the image'}`,
    hint: hidden ? 'layer' : 'ignore',
  })
})

const notRoot = '`api` runs as a user other than root'
const user = running(notRoot, async ({ pid }, { node1 }) => {
  // Real, effective, saved, and that for files.
  const ids = (await node1.read(`/proc/${pid}/status`))
    ?.match(/^Uid:\s*(.*)$/m)?.[1]
    ?.trim()
    .split(/\s+/) ?? ['0']
  if (ids.includes('0')) return fail({ expected: notRoot, observed: 'UID 0, root', hint: 'user' })
  return pass(`UID ${ids[0]}`)
})

const hidden = 'the token neither in the environment of the container nor in its image'
const secret = running(hidden, async ({ imageId, inspected }, { node1, values }) => {
  const token = values.token ?? ''
  const holds = (env: readonly string[]) => env.some((e) => e.includes(token))
  const [built, history] = await Promise.all([image(node1, imageId), imageHistory(node1, imageId)])
  const files = await inLayers(node1, imageId, [
    '-type',
    'f',
    '-size',
    '-64k',
    '-exec',
    'grep',
    '-lF',
    token,
    '{}',
    '+',
  ])
  if (holds(built?.env ?? []) || history.some((step) => step.command.includes(token)))
    return fail({ expected: hidden, observed: 'the token is in the settings of the image', hint: 'image' })
  if (files.length > 0)
    return fail({ expected: hidden, observed: `the token is in the image: ${files[0]}`, hint: 'image' })
  // In a variable, or in a command that sets one.
  if (JSON.stringify(inspected).includes(token))
    return fail({
      expected: hidden,
      observed: `${holds(inspected.Config?.Env ?? []) ? 'API_TOKEN in the environment' : 'the token in the settings of the container'}: docker inspect shows it`,
      hint: 'environment',
    })
  return pass('the token is in a file that only the container at work sees')
})

const bounded = 'at most 256 MiB of memory and 200 processes'
const limits = running(bounded, ({ inspected }) => {
  const memory = inspected.HostConfig?.Memory || null
  const pids = (inspected.HostConfig?.PidsLimit ?? 0) > 0 ? inspected.HostConfig!.PidsLimit! : null
  const observed = `memory ${memory === null ? 'without a limit' : size(memory)}, processes ${pids ?? 'without a limit'}`
  if (memory !== null && memory <= 256 * MiB && pids !== null && pids <= 200) return pass(observed)
  return fail({ expected: bounded, observed, hint: memory === null && pids === null ? 'both' : 'command' })
})

const checked = 'a health check, and the status healthy'
const health = running(checked, ({ inspected }) => {
  const status = inspected.State?.Health?.Status
  const [, ...test] = inspected.Config?.Healthcheck?.Test ?? []
  // Alone, or at the end, whatever came before.
  if (/(?:^|\|\||;)\s*(?:\S*\/)?(?:true|:|exit 0|echo\b[^|;&]*)$/.test(test.join(' ').trim()))
    return fail({
      expected: checked,
      observed: `a check that asks nobody: ${test.join(' ').slice(0, 60)}`,
      hint: 'check',
    })
  if (status === 'healthy') return pass('healthy')
  if (status === undefined || status === 'none')
    return fail({ expected: checked, observed: 'no health check', hint: 'check' })
  return fail({ expected: checked, observed: status, hint: status === 'starting' ? 'starting' : 'sick' })
})

const unwritable = 'a read-only root, and drafts in /tmp'
const readonly = running(unwritable, async ({ pid }, { node1 }) => {
  const mounts = (await node1.read(`/proc/${pid}/mountinfo`))?.split('\n').map((l) => l.split(' ')) ?? []
  if (!/^ro\b/.test(mounts.findLast((m) => m[4] === '/')?.[5] ?? ''))
    return fail({ expected: unwritable, observed: 'its root can be written to', hint: 'flag' })
  const answer = await request(node1, 'http://localhost:8080/')
  const drafts = answer.body.match(/^api: ([^,]*)/)?.[1] ?? answer.problem
  return drafts === 'drafts ok'
    ? pass('read-only, drafts ok')
    : fail({ expected: unwritable, observed: `read-only; ${drafts}`, hint: 'tmp' })
})

const kept = 'a log at its output, of at most 30 MB'
const logs = running(kept, async ({ name, inspected }, { node1 }) => {
  const said = await containerLogs(node1, name, 5)
  if (!said || (said.stdout + said.stderr).trim() === '')
    return fail({ expected: kept, observed: 'nothing at its output', hint: 'output' })
  const config = inspected.HostConfig?.LogConfig
  const [, figure = '', unit = ''] = config?.Config?.['max-size']?.match(/^(\d+(?:\.\d+)?) ?([kmg]?)i?b?$/i) ?? []
  const files = Number(config?.Config?.['max-file'] ?? (config?.Type === 'local' ? 5 : 1))
  const most = figure
    ? Number(figure) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase()) * files
    : config?.Type === 'local'
      ? 100 * MiB
      : Infinity
  if (most <= 30 * MiB) return pass(`at most ${size(most)} of log`)
  return fail({
    expected: kept,
    observed: most === Infinity ? 'a log without an end' : `up to ${size(most)} of log`,
    hint: 'rotation',
  })
})

const returns = 'a restart policy that brings it back'
const restart = running(returns, ({ inspected }) => {
  const name = inspected.HostConfig?.RestartPolicy?.Name || 'no'
  if (name === 'always' || name === 'unless-stopped') return pass(`restart: ${name}`)
  return fail({ expected: returns, observed: `restart: ${name}`, hint: name === 'on-failure' ? 'reboot' : 'policy' })
})

export default { answers, pinned, clean, user, secret, limits, health, readonly, logs, restart } satisfies Checks
