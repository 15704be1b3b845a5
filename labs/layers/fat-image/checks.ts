/** The rollout that timed out: the layers are fetched from the registry as fresh nodes would, over a link with a limit. */
import { container, fail, image, pass, request, withScratch } from '@drydock/kit'
import type { Check, Checks } from '@drydock/kit'

const name = 'registry:5000/harbour/charts:2'
const deadline = 9
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

const registry = 'http://registry:5000/v2/harbour/charts'
const kinds = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json'

interface Manifest {
  config?: { digest?: string }
  layers?: { digest?: string; size?: number }[]
}

const rollout: Check = (lab) =>
  withScratch(lab, async ({ node, name: ours, folder }) => {
    const expected = `${name}, with its pages, on three fresh nodes within ${deadline} s`
    const asked = await node.exec(['curl', '-fsS', '-q', '-H', `Accept: ${kinds}`, `${registry}/manifests/2`])
    if (asked.code !== 0) {
      const old = await image(node, 'registry:5000/harbour/charts:1')
      const local = await image(node, name)
      const hint = local || !old ? 'push' : 'weigh'
      return fail({ expected, observed: `the registry has no charts:2${local ? ', this host has' : ''}`, hint })
    }
    const { config, layers = [] } = JSON.parse(asked.stdout) as Manifest
    const bytes = layers.reduce((sum, layer) => sum + (layer.size ?? 0), 0)
    const digests = layers.map((layer) => layer.digest ?? '').filter((digest) => /^sha256:[0-9a-f]{64}$/.test(digest))
    // Whatever is not done by the deadline is cut off; each node begins with an empty disk.
    const pull = `for n in 1 2 3; do for d; do curl -fsS -q --limit-rate 3M -o "$0" "${registry}/blobs/$d" || exit 1; done; done; rm "$0"`
    const began = Date.now()
    const pulled = await node.exec(['timeout', String(deadline), 'sh', '-c', pull, `${folder}/layer`, ...digests], {
      timeout_ms: (deadline + 10) * 1000,
    })
    if (pulled.code !== 0) {
      const heaviest = layers.map((layer) => layer.size ?? 0).toSorted((a, b) => b - a)
      const observed = `${mb(bytes)} a node, not there in time; layers of ${heaviest.slice(0, 3).map(mb).join(', ')}`
      const own = (await image(node, name))?.layers.includes((await image(node, 'busybox:1.37'))?.layers[0] ?? '')
      return fail({ expected, observed, hint: own === false ? 'base' : 'layer' })
    }
    const took = ((Date.now() - began) / 1000).toFixed(1)
    const local = await image(node, name)
    if (!local || local.id !== config?.digest)
      return fail({ expected, observed: `charts:2 of this host is not the one at the registry`, hint: 'push' })
    await node.exec(['docker', 'run', '-d', '--network', 'none', '--name', ours('new'), name])
    const fetch = (path: string) => {
      const look = `for i in 1 2 3 4 5 6; do docker exec "$1" wget -q -O - "http://127.0.0.1:8000$2" && exit; sleep 0.3; done`
      return node.exec(['sh', '-c', look, 'sh', ours('new'), path], { timeout_ms: 15_000 })
    }
    if (!(await fetch('/index.csv')).stdout.startsWith('chart,depth'))
      return fail({ expected, observed: 'in time, but it does not show /index.csv', hint: 'pages' })
    if (!(await fetch('/')).stdout.includes('index.csv'))
      return fail({
        expected,
        observed: 'in time, but it does not show /, the page with a link to them',
        hint: 'pages',
      })
    return pass(`${mb(bytes)} a node: all three have charts:2 after ${took} s`)
  })

const serve: Check = async ({ node1 }) => {
  const expected = `\`charts\` from ${name}, with the depths on http://localhost:8080/index.csv`
  const [charts, fresh] = await Promise.all([container(node1, 'charts'), image(node1, name)])
  if (!charts) return fail({ expected, observed: 'there is no container `charts`', hint: 'publish' })
  if (charts.imageId !== fresh?.id)
    return fail({ expected, observed: `\`charts\` runs from ${charts.image}`, hint: 'stale' })
  const answer = await request(node1, 'http://localhost:8080/index.csv')
  if (!answer.body.startsWith('chart,depth'))
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  return pass('`charts` shows the depths, from charts:2')
}

export default { rollout, serve } satisfies Checks
