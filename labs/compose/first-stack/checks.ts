/** A first stack: what the engine runs for each service, held against what compose.yaml says. */
import { container, containerLogs, fail, pass, request, size } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const most = 256 * 1024 * 1024
const names = ['web', 'db', 'cache'] as const
const health = 'http://localhost:8080/health'

/** The newest container that Compose made for a service, whatever the project is called; those of `compose run` are others. */
async function service(node: Node, name: string): Promise<Container | undefined> {
  const filters = encodeURIComponent(
    JSON.stringify({ label: [`com.docker.compose.service=${name}`, 'com.docker.compose.oneoff=False'] }),
  )
  const list = (await node.get(`/containers/json?all=1&filters=${filters}`)) as { Id?: unknown }[]
  const id = list[0]?.Id
  return typeof id === 'string' ? container(node, id) : undefined
}

const up: Check = async ({ node1 }) => {
  const expected = 'web, db and cache from compose.yaml, and an answer on http://localhost:8080'
  const [web, db, cache] = await Promise.all(names.map((name) => service(node1, name)))
  if (!web && !db && !cache) return fail({ expected, observed: 'no service of a compose.yaml is up', hint: 'file' })
  for (const [name, c] of [
    ['web', web],
    ['db', db],
    ['cache', cache],
  ] as const)
    if (!c) return fail({ expected, observed: `there is no service ${name}`, hint: 'three' })
  if (
    !/^(docker\.io\/)?(library\/)?postgres:/.test(db!.image) ||
    !/^(docker\.io\/)?(library\/)?redis:/.test(cache!.image)
  )
    return fail({ expected, observed: `db is from ${db!.image}, cache from ${cache!.image}`, hint: 'three' })
  for (const [name, c] of [
    ['db', db!],
    ['cache', cache!],
    ['web', web!],
  ] as const)
    if (c.state !== 'running') {
      const said = (await containerLogs(node1, c.id, 5))?.stderr.trim().split('\n')[0] ?? ''
      return fail({ expected, observed: `${name} is ${c.state}: ${said}`, hint: name === 'db' ? 'database' : 'file' })
    }
  if (!web!.published.some((p) => p.port === '8000/tcp' && p.host === 8080)) {
    const ports = web!.published.map((p) => `${p.host}:${p.port}`).join(', ') || 'nothing'
    return fail({ expected, observed: `web publishes ${ports}`, hint: 'port' })
  }
  const answer = await request(node1, health)
  if (answer.status === 200) return pass('web answers, with db and cache behind it')
  return fail({ expected, observed: answer.body.trim() || answer.problem, hint: 'database' })
}

const password: Check = async ({ node1 }) => {
  const expected = 'a compose.yaml without the password, and a stack that answers'
  const file = await composeFile(node1)
  const answer = await request(node1, health)
  if (/password/i.test(answer.body)) return fail({ expected, observed: answer.body.trim(), hint: 'same' })
  const [db, web] = await Promise.all([service(node1, 'db'), service(node1, 'web')])
  // Somebody may hand it to PostgreSQL as a file; web knows it from its environment in any case.
  const secret =
    (db && (await environment(node1, db.id)).POSTGRES_PASSWORD) ||
    (web && (await environment(node1, web.id)).DB_PASSWORD)
  if (!secret) return fail({ expected, observed: 'db has no POSTGRES_PASSWORD', hint: 'env' })
  if (tells(file, secret)) return fail({ expected, observed: 'the password stands in compose.yaml', hint: 'env' })
  if (answer.status !== 200) return fail({ expected, observed: answer.body.trim() || answer.problem, hint: 'command' })
  // In a shell that knows nothing of it, as tomorrow's will be.
  const ran = await node1.exec(['docker', 'compose', 'config', '--format', 'json'])
  const told = ran.code === 0 ? (JSON.parse(ran.stdout) as Environments).services?.web?.environment : undefined
  const own = web && (await environment(node1, web.id)).DB_PASSWORD
  if (told && own && (told.DB_PASSWORD ?? '').replaceAll('$$', '$') !== own)
    return fail({ expected, observed: 'a password that Compose knows from your shell alone', hint: 'env' })
  return pass('the password comes from outside of compose.yaml, and the stack answers')
}

/** Whether it stands behind a name with `password`, as a default too, or as an anchor. Elsewhere it may be there for other reasons: `postgres`. */
function tells(file: string, secret: string): boolean {
  const values = [...file.matchAll(/(?:password\w*["']?\s*[:=]|&[\w-]+)\s*["']?(?=(.*))/gi)].map(
    ([, value = '']) => value,
  )
  return values.some((value) => value.replace(/^\$\{\w+:?[-?+]/, '').startsWith(secret))
}

async function composeFile(node: Node): Promise<string> {
  for (const name of ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']) {
    const text = await node.read(name)
    if (text !== undefined) return text
  }
  return ''
}

async function environment(node: Node, id: string): Promise<Record<string, string>> {
  const { Config } = (await node.get(`/containers/${id}/json`)) as { Config?: { Env?: unknown[] } }
  const pairs = (Config?.Env ?? [])
    .map(String)
    .map((each) => [each.replace(/=.*$/s, ''), each.replace(/^[^=]*=/, '')] as const)
  return Object.fromEntries(pairs)
}

const volume: Check = async ({ node1 }) => {
  const expected = 'db with a named volume on /var/lib/postgresql/data, and a stack that answers'
  const db = await service(node1, 'db')
  if (!db) return fail({ expected, observed: 'there is no service db', hint: 'named' })
  const { Mounts } = (await node1.get(`/containers/${db.id}/json`)) as {
    Mounts?: { Type?: unknown; Name?: unknown; Destination?: unknown }[]
  }
  const mounts = (Mounts ?? []).map((m) => ({ name: String(m.Name), type: String(m.Type), at: String(m.Destination) }))
  const named = mounts.filter((m) => m.type === 'volume' && !/^[0-9a-f]{64}$/.test(m.name))
  const right = mounts.find((m) => m.at === '/var/lib/postgresql/data')
  if (right?.type === 'volume' && named.includes(right)) {
    const answer = await request(node1, health)
    if (answer.status === 200) return pass(`db keeps its data in the volume ${right.name}`)
    return fail({ expected, observed: answer.body.trim() || answer.problem, hint: 'command' })
  }
  if (named[0]) return fail({ expected, observed: `${named[0].name} is mounted on ${named[0].at}`, hint: 'path' })
  const observed = right?.type === 'bind' ? 'db has a folder of the host' : 'the volume of db has no name'
  return fail({ expected, observed, hint: 'named' })
}

interface Environments {
  services?: { web?: { environment?: Record<string, string | null> } }
}

interface Described {
  restart?: string
  mem_limit?: string | number
  deploy?: { resources?: { limits?: { memory?: string | number } }; restart_policy?: { condition?: string } }
}

/** Names of services whose containers the engine leaves lying when they end. */
async function left(node: Node): Promise<string[]> {
  const policies = await Promise.all(
    names.map(async (name) => {
      const made = await service(node, name)
      const { HostConfig } = (made ? await node.get(`/containers/${made.id}/json`) : {}) as {
        HostConfig?: { RestartPolicy?: { Name?: string } }
      }
      return HostConfig?.RestartPolicy?.Name ?? ''
    }),
  )
  return names.filter((_, i) => /^(|no)$/.test(policies[i]!))
}

const limits: Check = async ({ node1 }) => {
  const expected = `at most ${size(most)} of memory for db, and a restart policy for web, db and cache, in the file and at work`
  const ran = await node1.exec(['docker', 'compose', 'config', '--format', 'json'])
  if (ran.code !== 0) return fail({ expected, observed: ran.stderr.trim().slice(-200), hint: 'file' })
  const described = (JSON.parse(ran.stdout) as { services?: Record<string, Described> }).services ?? {}
  const memory = Number(described.db?.deploy?.resources?.limits?.memory ?? described.db?.mem_limit ?? 0)
  const without = names.filter((name) => {
    const { restart, deploy } = described[name] ?? {}
    return /^(|no|none)$/.test(deploy?.restart_policy?.condition ?? restart ?? '')
  })
  const db = await service(node1, 'db')
  if (memory === 0 || memory > most) {
    const byHand = db?.limits.memory !== null && db?.limits.memory !== undefined
    const observed = byHand
      ? 'db has a limit, and compose.yaml does not say so'
      : 'no such limit for db in compose.yaml'
    return fail({ expected, observed, hint: byHand ? 'file' : 'memory' })
  }
  if (without.length > 0)
    return fail({ expected, observed: `no restart policy for ${without.join(', ')}`, hint: 'restart' })
  if (!db?.limits.memory || db.limits.memory > most)
    return fail({ expected, observed: 'compose.yaml has a limit, and db was made before', hint: 'file' })
  const old = await left(node1)
  if (old.length > 0)
    return fail({
      expected,
      observed: `compose.yaml has restart policies, and ${old.join(', ')} without one`,
      hint: 'file',
    })
  const answer = await request(node1, health)
  if (answer.status !== 200) return fail({ expected, observed: answer.body.trim() || answer.problem, hint: 'alive' })
  return pass(`db may use ${size(db.limits.memory)}, and all three come back by themselves`)
}

export default { up, password, volume, limits } satisfies Checks
