/** Two Compose projects: the networks that their containers share, and what the shop answers. */
import { container, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const page = 'stock/www/index.txt'

/** A container of a project: its service `web`, or whatever one has made of it; those of `compose run` are others. */
async function ofProject(node: Node, project: string): Promise<Container | undefined> {
  const filters = encodeURIComponent(
    JSON.stringify({ label: [`com.docker.compose.project=${project}`, 'com.docker.compose.oneoff=False'] }),
  )
  const list = (await node.get(`/containers/json?all=1&filters=${filters}`)) as { Id?: unknown }[]
  const id = list[0]?.Id
  return typeof id === 'string' ? container(node, id) : undefined
}

const shared: Check = async ({ node1 }) => {
  const expected = 'shop and stock in one network that is not the shop’s own'
  const [shop, stock] = await Promise.all([ofProject(node1, 'shop'), ofProject(node1, 'stock')])
  for (const [name, c] of [
    ['shop', shop],
    ['stock', stock],
  ] as const)
    if (c?.state !== 'running') return fail({ expected, observed: `${name} is not running`, hint: 'command' })
  const common = Object.keys(shop!.networks).filter((network) => network in stock!.networks && network !== 'host')
  const owners = await Promise.all(common.map(async (network) => [network, await ownerOf(node1, network)] as const))
  const good = owners.find(([, owner]) => owner !== 'shop')
  if (good) return pass(`shop and stock are in ${good[0]}`)
  const [a, b] = [shop!, stock!].map((c) => Object.keys(c.networks))
  const observed = `shop is in ${a!.join(' and ')}, stock in ${b!.join(' and ')}`
  return fail({
    expected,
    observed,
    hint: owners.length > 0 ? 'owner' : a!.length + b!.length > 2 ? 'external' : 'own',
  })
}

/** The project that made a network and removes it with `down`, empty when somebody made it by hand. */
async function ownerOf(node: Node, network: string): Promise<string> {
  const { Labels } = (await node.get(`/networks/${encodeURIComponent(network)}`)) as { Labels?: Record<string, string> }
  return Labels?.['com.docker.compose.project'] ?? ''
}

const stock: Check = async ({ node1, scratch }) => {
  const expected = `http://localhost:8080/stock with what is in ${page} now`
  const answers = await withLine(node1, scratch, async () => {
    const all = []
    // A name that stands for two containers is right now and then.
    for (let i = 0; i < 12; i++) all.push(await request(node1, 'http://localhost:8080/stock', { timeout_ms: 4000 }))
    return all
  })
  const right = answers.filter((answer) => answer.body.includes(scratch)).length
  if (right === answers.length) return pass('the shop shows what is in stock')
  const wrong = answers.find((answer) => !answer.body.includes(scratch))!
  if (wrong.status === 200)
    return fail({ expected, observed: 'an answer that does not come from there', hint: 'command' })
  const conf = (await node1.read('shop/conf/default.conf')) ?? ''
  const asked = /http:\/\/([\w.-]+):9000/.exec(conf.replaceAll(/#.*/g, ''))?.[1] ?? 'nobody'
  const observed = `${right} of ${answers.length} answers, else ${wrong.problem || `status ${wrong.status}`}; the shop asks ${asked}`
  return fail({ expected, observed, hint: asked === 'web' ? 'both' : 'alias' })
}

/** Calls `use` while the page has one line more. */
async function withLine<T>(node: Node, line: string, use: () => Promise<T>): Promise<T> {
  const before = (await node.read(page)) ?? ''
  const write = (stdin: string) => node.exec(['sh', '-c', `cat > ${page}`], { stdin })
  await write(`${before}${line}\n`)
  try {
    return await use()
  } finally {
    await write(before)
  }
}

const twice: Check = async ({ node1 }) => {
  const expected = 'the shop as project shop on port 8080, and as project shop-test on 8081'
  const [first, second] = await Promise.all([ofProject(node1, 'shop'), ofProject(node1, 'shop-test')])
  if (!second) return fail({ expected, observed: 'there is no project shop-test', hint: 'project' })
  const [one, two] = await Promise.all(
    ['8080', '8081'].map((port) => request(node1, `http://localhost:${port}/stock`, { timeout_ms: 6000 })),
  )
  const ports = second.published.map((p) => p.host)
  if (second.state !== 'running' || !ports.includes(8081))
    return fail({
      expected,
      observed: `shop-test is ${second.state}, published: ${ports.join(', ') || 'none'}`,
      hint: 'port',
    })
  if (two!.status !== 200) {
    const where = Object.keys(second.networks).join(' and ')
    const observed = `/stock on 8081: ${two!.problem || `status ${two!.status}`}; shop-test is in ${where}`
    return fail({ expected, observed, hint: 'door' })
  }
  if (one!.status !== 200 || first?.state !== 'running')
    return fail({ expected, observed: 'the first shop does not answer on 8080 any more', hint: 'command' })
  const files = (c: Container) => (c.labels['com.docker.compose.project.config_files'] ?? '').split(',')
  if (!files(first).every((file) => files(second).includes(file)))
    return fail({ expected, observed: `shop-test was made from ${files(second).join(', ')}`, hint: 'file' })
  return pass('the shop answers twice, on 8080 and on 8081')
}

export default { shared, stock, twice } satisfies Checks
