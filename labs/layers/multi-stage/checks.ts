/** Multi-stage builds: the size and the layers of the image, and who runs what comes out of it. */
import { container, containerLogs, fail, image, pass, request } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const most = 90_000_000
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

const small: Check = async ({ node1 }) => {
  const expected = `an image \`beacon\` of at most ${mb(most)}, with the program, and without compiler and source in any layer`
  const beacon = await image(node1, 'beacon:latest')
  if (!beacon) return fail({ expected, observed: 'there is no image `beacon`', hint: 'stages' })
  const found = await findInLayers(node1, 'beacon:latest')
  const compiler = found.filter((name) => /^(cc1|lto1)$/.test(name))
  if (beacon.size > most) {
    const observed = `\`beacon\` has ${mb(beacon.size)} in ${beacon.layers.length} layers${compiler.length > 0 ? ', the compiler among them' : ''}`
    // As it was found, it needs the nudge; with more layers than before, something was removed on top.
    return fail({ expected, observed, hint: found.includes('.wh') ? 'layer' : 'stages' })
  }
  if (compiler.length > 0) return fail({ expected, observed: `in a layer: ${compiler.join(', ')}`, hint: 'layer' })
  const source = found.filter((name) => /\.[ch]$/.test(name))
  if (source.length > 0)
    return fail({ expected, observed: `in a layer: ${[...new Set(source)].join(', ')}`, hint: 'results' })
  if (!found.includes('beacon')) return fail({ expected, observed: 'no program `beacon` in `beacon`', hint: 'stages' })
  return pass(`\`beacon\` has ${mb(beacon.size)}, and neither compiler nor source`)
}

/** Names that interest us in all layers of an image, hidden ones too, as the engine keeps them on the node's disk; `.wh` stands for a file that hides another. */
async function findInLayers(node: Node, name: string): Promise<string[]> {
  const { GraphDriver } = (await node.get(`/images/${name}/json`)) as {
    GraphDriver?: { Data?: { UpperDir?: unknown; LowerDir?: unknown } }
  }
  const { UpperDir: upper = '', LowerDir: lower = '' } = GraphDriver?.Data ?? {}
  const folders = `${String(upper)}:${String(lower)}`.split(':').filter(Boolean)
  const names = ['beacon', 'beacon.c', 'tide.c', 'tide.h', 'cc1', 'lto1']
    .flatMap((each) => ['-o', '-name', each])
    .slice(1)
  const query = ['-type', 'c', '-printf', '.wh\\n', '-o', '-type', 'f', '(', ...names, ')', '-printf', '%f\\n']
  return (await node.exec(['find', '-H', ...folders, ...query])).stdout.split('\n')
}

const serve: Check = async ({ node1 }) => {
  const expected = 'a container `beacon` that answers on http://localhost:8080'
  const [beacon, current] = await Promise.all([container(node1, 'beacon'), image(node1, 'beacon:latest')])
  if (!beacon) return fail({ expected, observed: 'there is no container `beacon`', hint: 'publish' })
  if (beacon.imageId !== current?.id)
    return fail({ expected, observed: '`beacon` was made from an older image', hint: 'stale' })
  if (beacon.state !== 'running') {
    const said = beacon.error || (await lastLine(node1))
    const hint = /shared librar/.test(said) ? 'library' : /no such file/i.test(said) ? 'base' : 'logs'
    return fail({
      expected,
      observed: `\`beacon\` is ${beacon.state}: ${said || `exit code ${beacon.exitCode}`}`,
      hint,
    })
  }
  const answer = await request(node1, 'http://localhost:8080/')
  if (!answer.body.startsWith('beacon: water'))
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  return pass(answer.body.trim())
}

const lastLine = async (node: Node) => (await containerLogs(node, 'beacon', 20))?.stderr.trim().split('\n').at(-1) ?? ''

const user: Check = async ({ node1 }) => {
  const expected = 'a container `beacon`, answering, run by another user than root because its image says so'
  const [beacon, current] = await Promise.all([container(node1, 'beacon'), image(node1, 'beacon:latest')])
  if (!beacon) return fail({ expected, observed: 'there is no container `beacon`', hint: 'command' })
  if (!current || /^(|0|root)(:.*)?$/.test(current.user))
    return fail({
      expected,
      observed: `the image's user is ${current?.user || 'not set, which is root'}`,
      hint: 'user',
    })
  if (beacon.imageId !== current.id)
    return fail({ expected, observed: '`beacon` was made from an older image', hint: 'stale' })
  if (beacon.state !== 'running') {
    const said = beacon.error || (await lastLine(node1))
    const observed = `\`beacon\` is ${beacon.state}: ${said || `exit code ${beacon.exitCode}`}`
    return fail({ expected, observed, hint: /permission|denied|shared librar/i.test(said) ? 'readable' : 'command' })
  }
  const uid = /^Uid:\s+(\d+)/m.exec((await node1.read(`/proc/${beacon.pid}/status`)) ?? '')?.[1]
  if (uid === '0') return fail({ expected, observed: 'the process in `beacon` is root', hint: 'user' })
  const answer = await request(node1, 'http://localhost:8080/')
  if (!answer.body.startsWith('beacon: water'))
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  return pass(answer.body.trim())
}

export default { small, serve, user } satisfies Checks
