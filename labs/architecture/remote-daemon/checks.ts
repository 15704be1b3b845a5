/** Remote daemons: what the ports of node2 answer to somebody without a certificate, where a context of node1 leads, and what runs there. */
import { container, EngineDown, fail, image, pass, request } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

/** TCP ports at which the daemon listens. */
async function ports(node: Node): Promise<string[]> {
  const { stdout } = await node.exec(['ss', '-Hltnp'])
  const lines = stdout.split('\n').filter((line) => line.includes('"dockerd"'))
  return [...new Set(lines.map((line) => line.trim().split(/\s+/)[3]?.split(':').at(-1) ?? ''))]
}

/** What somebody without a certificate is told. */
const knock = async (from: Node, url: string) =>
  (await from.exec(['curl', '-sk', '-q', '--noproxy', '*', '-m', '3', '--', url], { timeout_ms: 5000 })).stdout.trim()

const tls: Check = async ({ node1, nodes: [, node2] }) => {
  const expected = 'port 2376 of node2 answering clients with a certificate alone, and its socket as before'
  if (!node2) return fail({ expected, observed: 'there is no node2' })
  const open = (await ports(node2)).slice(0, 4)
  const answers = await Promise.all(
    open.flatMap((port) => ['http', 'https'].map((scheme) => knock(node1, `${scheme}://node2:${port}/_ping`))),
  )
  for (const [i, port] of open.entries()) {
    const observed = `port ${port} of node2 answers somebody without a certificate`
    if (answers[2 * i] === 'OK') return fail({ expected, observed: `${observed}, and without TLS`, hint: 'plain' })
    if (answers[2 * i + 1] === 'OK') return fail({ expected, observed, hint: 'verify' })
  }
  try {
    await node2.get('/version')
  } catch (error) {
    if (!(error instanceof EngineDown)) throw error
    return fail({ expected, observed: 'the daemon of node2 does not answer at its own socket', hint: 'socket' })
  }
  if (open.length === 0)
    return fail({ expected, observed: 'the daemon of node2 listens at no TCP port', hint: 'listen' })
  if (!open.includes('2376'))
    return fail({ expected, observed: `it listens at port ${open.join(', ')}`, hint: 'command' })
  if (!/HTTPS/i.test(answers[2 * open.indexOf('2376')] ?? ''))
    return fail({ expected, observed: 'port 2376 of node2 cannot be reached from node1', hint: 'command' })
  return pass('port 2376 of node2 sends away whoever has no certificate')
}

const context: Check = async ({ node1, nodes: [, node2] }) => {
  const expected = 'a context `node2` on node1 that leads to the daemon of node2'
  const asked = await node1.exec(['docker', '--context', 'node2', 'info', '-f', '{{.ID}} {{.Name}}'], {
    timeout_ms: 8000,
  })
  const said = asked.stderr.replaceAll(/\s+/g, ' ').trim().slice(0, 220)
  if (/context .*(not found|does not exist)/i.test(said))
    return fail({ expected, observed: 'there is no context `node2` on node1', hint: 'create' })
  const [id, name] = asked.stdout.trim().split(' ')
  if (!id) return fail({ expected, observed: said || 'no answer', hint: 'keys' })
  const real = ((await node2?.get('/info')) as { ID?: unknown } | undefined)?.ID
  if (id !== real)
    return fail({ expected, observed: `the context leads to ${name ?? 'another daemon'}`, hint: 'there' })
  return pass('the context `node2` was answered by node2')
}

const lamp: Check = async ({ node1, nodes: [, node2] }) => {
  const expected = 'a container `lamp` from `nginx:1.26` on node2, answering at http://node2:8080'
  const [here, there, nginx] = await Promise.all([
    container(node1, 'lamp'),
    node2 && container(node2, 'lamp'),
    node2 && image(node2, 'nginx:1.26'),
  ])
  if (!there)
    return fail({
      expected,
      observed: here ? '`lamp` is on node1' : 'there is no container `lamp` on node2',
      hint: here ? 'elsewhere' : 'through',
    })
  if (nginx && there.imageId !== nginx.id)
    return fail({ expected, observed: `\`lamp\` was made from ${there.image}`, hint: 'command' })
  if (there.state !== 'running') return fail({ expected, observed: `\`lamp\` is ${there.state}`, hint: 'command' })
  const answer = await request(node1, 'http://node2:8080/')
  if (answer.status !== 200)
    return fail({
      expected,
      observed: `\`lamp\` runs, but: ${answer.problem || `status ${answer.status}`}`,
      hint: 'port',
    })
  return pass('`lamp` runs on node2 and answers node1')
}

export default { tls, context, lamp } satisfies Checks
