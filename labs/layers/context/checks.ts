/** Build context: what an ignore file lets through is tried with a build of our own, what is in an image is looked up in its layers. */
import { build, container, fail, image, pass, request, size, withScratch } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const most = 100_000
const secrets = ['.env', 'tools/deploy/.env']

const kept: Check = async ({ node1 }) => {
  const expected = '.git, media and both .env files, where they were'
  for (const file of ['.git/HEAD', 'media/berth-4.raw', ...secrets]) {
    const there = await node1.exec(['test', '-s', file])
    if (there.code !== 0) return fail({ expected, observed: `there is no ${file}`, hint: 'stays' })
  }
  return pass('.git, media and both .env files are there')
}

const context: Check = (lab) =>
  withScratch(lab, async (scratch) => {
    const expected = `at most ${size(most)} sent, public/index.html among it, and no .env`
    const { node, folder } = scratch
    const probe = { stdin: 'FROM busybox:1.37\nCOPY . /context/\n' }
    await node.exec(['sh', '-c', 'rm -f "$1" && cat > "$1"', 'sh', `${folder}/Dockerfile`], probe)
    const tried = await build(scratch, 'context')
    // A build without anything to copy is refused: then nothing was let through.
    const files = tried.ok ? await filesOf(node, tried.tag) : new Map<string, number>()
    const sum = (of: (file: string) => boolean) =>
      [...files].reduce((n, [file, bytes]) => n + (of(file) ? bytes : 0), 0)
    const all = sum(() => true)
    const leaked = [...files.keys()].filter((file) => /(^|\/)\.env$/.test(file))
    if (leaked.length > 0 && all <= most)
      return fail({ expected, observed: `${leaked.join(' and ')} can be sent`, hint: 'nested' })
    if (all > most) {
      const parts = ['.git', 'media'].map((top) => [top, sum((file) => file.startsWith(`${top}/`))] as const)
      const large = parts.filter(([, bytes]) => bytes > 0).map(([top, bytes]) => `${top} ${size(bytes)}`)
      const observed = `${size(all)} can be sent${large.length > 0 ? `: ${large.join(', ')}` : ''}`
      return fail({ expected, observed, hint: 'ignore' })
    }
    const pages = ['public/index.html', 'public/tides.html'].filter((page) => !files.has(page))
    if (pages.length > 0) return fail({ expected, observed: `${pages.join(' and ')} cannot be sent`, hint: 'lost' })
    return pass(`${files.size} files with ${size(all)} can be sent`)
  })

/** What lies in /context of an image, with the bytes of each file. */
async function filesOf(node: Node, tag: string): Promise<Map<string, number>> {
  const list = ['find', '/context', '-type', 'f', '-exec', 'stat', '-c', '%s %n', '{}', '+']
  const ran = await node.exec(['docker', 'run', '--rm', '--network', 'none', '--name', `${tag}-list`, tag, ...list])
  const lines = ran.stdout.split('\n').map((line) => /^(\d+) \/context\/(.+)$/.exec(line))
  return new Map(lines.flatMap((found) => (found ? [[found[2]!, Number(found[1])] as const] : [])))
}

const imageCheck: Check = async ({ node1 }) => {
  const expected = 'an image `quay` with the pages, and without .env, .git and media in any layer'
  const quay = await image(node1, 'quay:latest')
  if (!quay) return fail({ expected, observed: 'there is no image `quay`', hint: 'build' })
  const found = await findInLayers(node1, 'quay:latest')
  const wrong = found.filter((name) => name !== 'tides.html')
  if (wrong.length > 0) {
    const names = [...new Set(wrong)].join(', ')
    return fail({ expected, observed: `in a layer of \`quay\`: ${names}`, hint: 'layer' })
  }
  if (!found.includes('tides.html')) return fail({ expected, observed: 'no tides.html in `quay`', hint: 'pages' })
  return pass(`\`quay\` has ${quay.layers.length} layers with ${size(quay.size)}, and none of the three`)
}

/** Names of the pages and of what must not be there, in all layers of an image, hidden ones too, as the engine keeps them on the node's disk. */
async function findInLayers(node: Node, name: string): Promise<string[]> {
  const { GraphDriver } = (await node.get(`/images/${name}/json`)) as {
    GraphDriver?: { Data?: { UpperDir?: unknown; LowerDir?: unknown } }
  }
  const { UpperDir: upper = '', LowerDir: lower = '' } = GraphDriver?.Data ?? {}
  const folders = `${String(upper)}:${String(lower)}`.split(':').filter(Boolean)
  // A whiteout, which hides a file of a layer below, is a character device and no file.
  const names = ['.env', '.git', 'berth-4.raw', 'tides.html'].flatMap((each) => ['-o', '-name', each]).slice(1)
  const query = ['!', '-type', 'c', '(', ...names, ')', '-printf', '%f\\n']
  return (await node.exec(['find', '-H', ...folders, ...query])).stdout.split('\n').filter(Boolean)
}

const serve: Check = async ({ node1 }) => {
  const expected =
    'a container `quay` from the present image `quay`, with the tides on http://localhost:8080/tides.html'
  const [quay, current] = await Promise.all([container(node1, 'quay'), image(node1, 'quay:latest')])
  if (!quay) return fail({ expected, observed: 'there is no container `quay`', hint: 'publish' })
  if (quay.state !== 'running')
    return fail({ expected, observed: `\`quay\` is ${quay.state}, exit code ${quay.exitCode}`, hint: 'command' })
  if (quay.imageId !== current?.id)
    return fail({ expected, observed: '`quay` was made from an older image', hint: 'stale' })
  const answer = await request(node1, 'http://localhost:8080/tides.html')
  if (!answer.body.includes('High water'))
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'publish' })
  return pass('`quay` shows the tides')
}

export default { kept, context, image: imageCheck, serve } satisfies Checks
