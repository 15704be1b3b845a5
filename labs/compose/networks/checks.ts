/** Networks and names: which networks two containers share, and whether one really asks the other. */
import { container, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

/** Networks that every engine has, and that know no names. */
const builtIn = ['bridge', 'host', 'none']
const shared = (a: Container, b: Container) =>
  Object.keys(a.networks).filter((name) => name in b.networks && !builtIn.includes(name))

const open: Check = async ({ node1 }) => {
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.body.startsWith('front: open')) return pass('`front` is open')
  return fail({
    expected: 'an answer on http://localhost:8080/',
    observed: answer.problem || `status ${answer.status}`,
    hint: 'back',
  })
}

/** Both, or in a word what is missing. */
async function both(node: Node): Promise<{ front: Container; shelf: Container } | string> {
  const [front, shelf] = await Promise.all([container(node, 'front'), container(node, 'shelf')])
  for (const [name, c] of [
    ['front', front],
    ['shelf', shelf],
  ] as const)
    if (c?.state !== 'running') return c ? `\`${name}\` is ${c.state}` : `there is no container \`${name}\``
  return { front: front!, shelf: shelf! }
}

const network: Check = async ({ node1 }) => {
  const expected = '`front` and `shelf` in one network that you made'
  const found = await both(node1)
  if (typeof found === 'string') return fail({ expected, observed: found, hint: 'both' })
  const { front, shelf } = found
  const [common] = shared(front, shelf)
  if (common) return pass(`\`front\` and \`shelf\` are in ${common}`)
  const [a, b] = [front, shelf].map((c) => Object.keys(c.networks))
  const made = [...a!, ...b!].some((name) => !builtIn.includes(name))
  return fail({
    expected,
    observed: `\`front\` is in ${a!.join(' and ') || 'none'}, \`shelf\` in ${b!.join(' and ') || 'none'}`,
    hint: made ? 'both' : 'create',
  })
}

const stock: Check = async ({ node1, scratch }) => {
  const expected = 'http://localhost:8080/stock with what is in index.txt now, asked by name'
  const found = await both(node1)
  if (typeof found === 'string') return fail({ expected, observed: found, hint: 'command' })
  const [ours, inside] = await Promise.all([
    node1.read('front.conf'),
    // Mounted as a file, or as a folder of them.
    node1
      .exec(['sh', '-c', 'cat -- "/proc/$1/root/etc/nginx/conf.d/"*.conf', 'sh', String(found.front.pid)])
      .then((ran) => (ran.code === 0 ? ran.stdout : undefined)),
  ])
  const answer = await withLine(node1, scratch, () =>
    request(node1, 'http://localhost:8080/stock', { timeout_ms: 6000 }),
  )
  const target = /http:\/\/([\w.-]+):?\d*/.exec(inside?.replaceAll(/#.*/g, '') ?? '')?.[1] ?? 'nobody'
  const seen = answer.problem || `status ${answer.status}`
  if (!answer.body.includes(scratch)) {
    if (ours !== undefined && inside !== undefined && !inside.includes(ours))
      return fail({
        expected,
        observed: `${seen}; \`front\` runs with another front.conf than this one`,
        hint: 'restart',
      })
    if (answer.status === 200)
      return fail({ expected, observed: 'an answer that does not come from index.txt', hint: 'command' })
    const local = /^(127\.|localhost)/.test(target)
    return fail({ expected, observed: `${seen}; \`front\` asks ${target}`, hint: local ? 'localhost' : 'command' })
  }
  // Behind http://, or in an upstream or a variable.
  const address = /(?:http:\/\/|\bserver\s+|\bset\s+\$\w+\s+["']?)(\d+\.\d+\.\d+\.\d+)/.exec(
    inside?.replaceAll(/#.*/g, '') ?? '',
  )?.[1]
  if (address)
    return fail({ expected, observed: `it works, and \`front\` asks ${address}, an address`, hint: 'address' })
  return pass(`\`front\` asks ${target}, and shows its stock`)
}

/** Calls `use` while index.txt has one line more; the same file is written, so that a mount of it sees that. */
async function withLine<T>(node: Node, line: string, use: () => Promise<T>): Promise<T> {
  const before = (await node.read('index.txt')) ?? ''
  const write = (stdin: string) => node.exec(['sh', '-c', 'cat > index.txt'], { stdin })
  await write(`${before}${line}\n`)
  try {
    return await use()
  } finally {
    await write(before)
  }
}

const closed: Check = async ({ node1 }) => {
  const expected = '`shelf` running, not published, and in a network with `front`'
  const found = await both(node1)
  if (typeof found === 'string') return fail({ expected, observed: found, hint: 'command' })
  const { front, shelf } = found
  const [port] = shelf.published
  if (port) {
    const local = shelf.published.every((p) => p.address.startsWith('127.'))
    return fail({
      expected,
      observed: `\`shelf\` is published on ${port.address}:${port.host}`,
      hint: local ? 'loopback' : 'anew',
    })
  }
  if ('host' in shelf.networks)
    return fail({ expected, observed: '`shelf` is in the network of the host', hint: 'anew' })
  if (shared(front, shelf).length === 0)
    return fail({
      expected,
      observed: `\`shelf\` is in ${Object.keys(shelf.networks).join(' and ') || 'no network'}`,
      hint: 'joined',
    })
  const answer = await request(node1, 'http://localhost:8080/stock', { timeout_ms: 6000 })
  if (answer.status !== 200)
    return fail({ expected, observed: `/stock: ${answer.problem || `status ${answer.status}`}`, hint: 'page' })
  return pass('`shelf` is not published, and `front` reaches it')
}

export default { open, network, stock, closed } satisfies Checks
