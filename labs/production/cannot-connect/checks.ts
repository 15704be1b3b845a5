/** Shop and store: the number must come from the store, by way of what the compose file says. */
import { composeHashes, container, containers, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const words = ['network', 'name', 'port', 'localhost']

/** The container of a service of this folder's project, whatever it is called; those of `compose run` are others. */
async function service(node: Node, name: string): Promise<Container | undefined> {
  const all = await Promise.all((await containers(node)).map((c) => container(node, c.id)))
  return all.find(
    (c) =>
      c?.labels['com.docker.compose.service'] === name &&
      c.labels['com.docker.compose.oneoff']?.toLowerCase() !== 'true',
  )
}

const how = (c: Container | undefined, name: string) =>
  c
    ? `\`${name}\` is ${c.state}${c.state === 'exited' ? `, exit code ${c.exitCode}` : ''}`
    : `there is no container of the service \`${name}\``

const isPrivate: Check = async ({ node1 }) => {
  const expected = '`store` publishes no port'
  const stores = (await Promise.all((await containers(node1)).map((c) => container(node1, c.id)))).filter(
    (c) => c && (c.labels['com.docker.compose.service'] === 'store' || c.image.startsWith('redis')),
  )
  for (const store of stores) {
    if (store && store.published.length > 0)
      return fail({
        expected,
        observed: `port ${store.published[0]!.host} of this machine leads to \`${store.name}\``,
        hint: 'published',
      })
    if (store && 'host' in store.networks)
      return fail({ expected, observed: `\`${store.name}\` is in the network of this machine`, hint: 'published' })
  }
  return pass('`store` can be reached from its own networks alone')
}

const cause: Check = async ({ node1, values }) => {
  const expected = 'one word in `cause.txt`: network, name, port or localhost'
  const said = ((await node1.read('cause.txt')) ?? '').trim().toLowerCase()
  if (said === '') return fail({ expected, observed: 'nothing in `cause.txt`', hint: 'log' })
  if (!words.includes(said)) return fail({ expected, observed: `"${said.slice(0, 60)}"`, hint: 'word' })
  if (said !== values.cause)
    return fail({
      expected: 'what is wrong, in one word',
      observed: `"${said}", and that part is as it should be`,
      hint: 'tell',
    })
  return pass(`it is the ${said}`)
}

/** Whom the shop asks, without the network that may stand behind the name, and at which port, from its settings. */
async function askedPlace(node: Node, shop: Container | undefined): Promise<{ host: string; port: string }> {
  const { Config } = (shop ? await node.get(`/containers/${shop.id}/json`) : {}) as { Config?: { Env?: unknown[] } }
  const url = (Config?.Env ?? []).map(String).find((each) => each.startsWith('STORE_URL='))
  return { host: url?.match(/\/\/(?:[^@/]*@)?([^:/.]+)/)?.[1] ?? '', port: url?.match(/:(\d+)\/?\s*$/)?.[1] ?? '6379' }
}

/** How many connections the store has taken so far, this question included. */
async function connections(node: Node, store: Container, port: string): Promise<number> {
  const ran = await node.exec(['docker', 'exec', store.id, 'redis-cli', '-p', port, 'info', 'stats'])
  return Number(ran.stdout.match(/total_connections_received:(\d+)/)?.[1] ?? 0)
}

/** It is the server that the container begins which answers at that port, and not one that `docker exec` put beside it. */
async function isMain(node: Node, store: Container, port: string): Promise<boolean> {
  const script = `grep -lx redis-server /proc/[0-9]*/comm | cut -d/ -f3 | sort -n | head -n 1
    redis-cli -p ${port} info server | sed -n 's/^process_id:\\([0-9]*\\).*/\\1/p'`
  const [first, answering] = (await node.exec(['docker', 'exec', store.id, 'sh', '-c', script])).stdout.split('\n')
  return !first || !answering || first === answering
}

interface Described {
  /** Of the shop. */
  hashes: string[]
  /** All that may give somebody a name in there; what the shop asks for does not. */
  names: string
  networks: Record<'shop' | 'store', string[]>
}

/** What the compose file says of the two; undefined when it says nothing that can be read. */
async function described(node: Node): Promise<Described | undefined> {
  const [hashes, config] = await Promise.all([
    composeHashes(node, 'shop'),
    node.exec(['docker', 'compose', 'config', '--format', 'json']),
  ])
  if (config.code !== 0) return undefined
  try {
    const file = JSON.parse(config.stdout) as {
      name?: string
      services?: Record<string, { networks?: object } | undefined>
      networks?: Record<string, { name?: string } | undefined>
    }
    const of = (name: string) =>
      Object.keys(file.services?.[name]?.networks ?? {}).map((key) => file.networks?.[key]?.name ?? key)
    return {
      hashes,
      names: JSON.stringify([
        `${file.name}-store-1`,
        { ...file.services, shop: { ...file.services?.shop, environment: null } },
      ]),
      networks: { shop: of('shop'), store: of('store') },
    }
  } catch {
    return undefined
  }
}

const connected: Check = async ({ node1, values }) => {
  const url = `http://localhost:${values.port}`
  const expected = `"412 ropes in store" at ${url}, as \`compose.yaml\` describes it`
  const [shop, store] = await Promise.all([service(node1, 'shop'), service(node1, 'store')])
  if (store?.state !== 'running') return fail({ expected, observed: how(store, 'store'), hint: 'way' })
  const { host, port } = await askedPlace(node1, shop)
  const before = await connections(node1, store, port)
  const answer = await request(node1, url)
  const asked = (await connections(node1, store, port)) - before > 1
  const said = answer.problem || answer.body.trim() || `status ${answer.status}`
  if (answer.status !== 200)
    return fail({
      expected,
      observed: `${said}${shop?.state === 'running' ? '' : `; ${how(shop, 'shop')}`}`,
      hint: 'way',
    })
  if (!asked)
    return fail({ expected, observed: `"${said.slice(0, 80)}", and the store was not asked`, hint: 'own-words' })
  if (!said.startsWith('412 ropes')) return fail({ expected, observed: `"${said.slice(0, 80)}"`, hint: 'data' })
  if (shop?.state !== 'running')
    return fail({ expected, observed: `${said}, by a container that is none of \`compose.yaml\``, hint: 'file' })
  if (!(await isMain(node1, store, port)))
    return fail({ expected, observed: `${said}, by a second Redis that somebody started in \`store\``, hint: 'file' })
  const file = await described(node1)
  if (!file)
    return fail({ expected, observed: '`compose.yaml` cannot be read: `docker compose config` says why', hint: 'file' })
  if (/[a-z]/i.test(host) && host !== 'localhost' && !file.names.includes(host))
    return fail({ expected, observed: `${said}, and in \`compose.yaml\` nobody is called \`${host}\``, hint: 'file' })
  for (const [name, c] of [
    ['shop', shop],
    ['store', store],
  ] as const) {
    const more = Object.keys(c.networks).filter((network) => !file.networks[name].includes(network))
    if (more.length > 0)
      return fail({
        expected,
        observed: `${said}, by way of the network \`${more[0]}\`, which \`compose.yaml\` does not give the ${name}`,
        hint: 'file',
      })
  }
  if (!file.hashes.includes(shop.labels['com.docker.compose.config-hash'] ?? ''))
    return fail({ expected, observed: `${said}, but \`compose.yaml\` now says something else`, hint: 'file' })
  return pass(`the shop says "${said}"`)
}

export default { private: isPrivate, cause, connected } satisfies Checks
