/** Registries: what the registry itself says about a tag and a digest, and which content a container on the other machine was made from. */
import { container, fail, image, images, pass, request } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const repository = 'registry:5000/harbour/notices'
const api = 'http://registry:5000/v2/harbour/notices'
const types = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]

interface Layer {
  digest?: unknown
}
interface Pushed {
  digest: string
  /** Digest of the image's configuration, which is the image id on the machine that built it. */
  config: string
  /** What its page says: `edition 1`; empty when there is none. */
  edition: string
}

const curl = ['curl', '-sS', '-q', '--noproxy', '*', '-m', '5'] as const

/** What the registry has under this tag or digest, undefined when it has nothing. */
async function pushed(node: Node, reference: string): Promise<Pushed | undefined> {
  const url = `${api}/manifests/${encodeURIComponent(reference)}`
  const ran = await node.exec([...curl, '-D', '-', '-H', `Accept: ${types.join(', ')}`, '--', url])
  const [head = '', ...body] = ran.stdout.replaceAll('\r\n', '\n').split('\n\n')
  if (ran.code !== 0 || !/^HTTP\/\S+ 200/.test(head)) return undefined
  const digest = head.match(/^docker-content-digest: *(\S+)/im)?.[1] ?? ''
  const manifest = JSON.parse(body.join('\n\n')) as {
    config?: Layer
    layers?: Layer[]
    manifests?: (Layer & { platform?: { os?: unknown } })[]
  }
  // A builder that adds attestations pushes a list; the image is the entry that has a platform.
  const first = manifest.manifests?.find((one) => one.platform?.os === 'linux')?.digest
  if (typeof first === 'string' && first !== reference) {
    const inner = await pushed(node, first)
    return inner && { ...inner, digest }
  }
  return { digest, config: String(manifest.config?.digest), edition: await editionIn(node, manifest.layers ?? []) }
}

const reads = `curl -sS -q --noproxy '*' -m 5 -- "$1" | head -c 8000000 | tar -xzO www/index.html 2>/dev/null | head -c 1000`

async function editionIn(node: Node, layers: Layer[]): Promise<string> {
  for (const { digest } of layers.slice(-6).toReversed()) {
    if (typeof digest !== 'string') continue
    const { stdout } = await node.exec(['sh', '-c', reads, 'reads', `${api}/blobs/${digest}`])
    if (stdout.trim() !== '') return stdout.match(/edition \d+/i)?.[0].toLowerCase() ?? stdout.trim().slice(0, 60)
  }
  return ''
}

const push: Check = async ({ node1 }) => {
  const expected = `\`${repository}:stable\` in the registry, with the page of this folder`
  const stable = await pushed(node1, 'stable')
  if (stable) {
    if (/^edition \d+$/.test(stable.edition)) return pass(`the registry has \`stable\`: ${stable.edition}`)
    return fail({ expected, observed: '`stable` in the registry is an image without the page', hint: 'command' })
  }
  const listed = await node1.exec([...curl, '--', 'http://registry:5000/v2/harbour/notices/tags/list'])
  const tags = listed.stdout.match(/"tags":\[([^\]]*)\]/)?.[1]
  if (tags)
    return fail({
      expected,
      observed: `the registry has \`harbour/notices\` with ${tags.slice(0, 100)}`,
      hint: 'repository',
    })
  const built = await image(node1, `${repository}:stable`)
  if (built) return fail({ expected, observed: 'the image is on node1, and not in the registry', hint: 'local' })
  const named = (await images(node1)).flatMap((i) => i.tags).filter((t) => t.includes('notices'))
  const here = named.length > 0 ? `; node1 has ${named.map((t) => `\`${t}\``).join(', ')}` : ''
  const right = named.some((t) => t.startsWith('registry:5000/'))
  return fail({
    expected,
    observed: `the registry has no \`harbour/notices\`${here}`,
    hint: right ? 'repository' : 'name',
  })
}

const digest: Check = async ({ node1 }) => {
  const expected = 'in `digest.txt` the digest of what you pushed, `sha256:` and 64 digits'
  const [file, stable] = await Promise.all([node1.read('digest.txt'), pushed(node1, 'stable')])
  if (file === undefined) return fail({ expected, observed: `no digest.txt in ${node1.folder}`, hint: 'where' })
  const written = [...new Set(file.match(/sha256:[0-9a-f]{64}/g) ?? [])]
  if (written.length === 0) return fail({ expected, observed: 'digest.txt has no complete digest', hint: 'where' })
  for (const one of written) {
    const found = await pushed(node1, one)
    if (found) return pass(`the registry knows ${one.slice(0, 19)}… as ${found.edition}`)
  }
  const built = await image(node1, written[0]!)
  const isId = built !== undefined || written.includes(stable?.config ?? '')
  return fail({
    expected,
    observed: isId ? 'digest.txt has the id of the image' : 'the registry does not know the digest in digest.txt',
    hint: isId ? 'image-id' : 'where',
  })
}

const move: Check = async ({ node1 }) => {
  const expected = 'edition 2 in the registry under `stable`'
  const stable = await pushed(node1, 'stable')
  if (stable?.edition === 'edition 2') return pass(`\`stable\` is now ${stable.digest.slice(0, 19)}…, edition 2`)
  const page = (await node1.read('index.html')) ?? ''
  const observed = `\`stable\` in the registry is ${stable?.edition || 'not there'}`
  return fail({ expected, observed, hint: /edition 2/i.test(page) ? 'same-tag' : 'edit' })
}

/** `name@sha256:…` for each registry that this image came from. */
async function digestsOf(node: Node, id: string): Promise<string[]> {
  const found = ((await node.get(`/images/${id}/json`)) as { RepoDigests?: unknown }).RepoDigests
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []
}

const pinned: Check = async ({ node1, nodes: [, node2] }) => {
  const expected = `on node2 a container \`notices\` from \`${repository}@sha256:…\`, with edition 1, at port 8080`
  const notices = node2 && (await container(node2, 'notices'))
  if (!node2 || !notices) {
    const here = await container(node1, 'notices')
    return fail({
      expected,
      observed: `no container \`notices\` on node2${here ? ', but one on node1' : ''}`,
      hint: 'other-node',
    })
  }
  if (notices.state !== 'running')
    return fail({ expected, observed: `\`notices\` is ${notices.state}`, hint: 'command' })
  const known = (await digestsOf(node2, notices.imageId)).filter((one) => one.startsWith(`${repository}@`))
  if (known.length === 0)
    return fail({ expected, observed: `\`${notices.image}\` on node2 did not come from the registry`, hint: 'by-hand' })
  const what = await pushed(node2, known[0]!.split('@')[1]!)
  // By its digest, or by an image id that the registry's digest belongs to.
  const fixed = /@sha256:|^(sha256:)?[0-9a-f]{12,64}$/.test(notices.image)
  if (what?.edition !== 'edition 1' || !fixed)
    return fail({
      expected,
      observed: `\`notices\` runs \`${notices.image}\`, ${what?.edition ?? 'unknown'}`,
      hint: 'tag',
    })
  const answer = await request(node2, 'http://localhost:8080/')
  if (answer.status !== 200)
    return fail({
      expected,
      observed: `\`notices\` runs, but: ${answer.problem || `status ${answer.status}`}`,
      hint: 'port',
    })
  if (!/edition 1/i.test(answer.body))
    return fail({ expected, observed: 'port 8080 of node2 does not say edition 1', hint: 'port' })
  return pass('node2 runs edition 1 by its digest, whatever `stable` is today')
}

export default { push, digest, move, pinned } satisfies Checks
