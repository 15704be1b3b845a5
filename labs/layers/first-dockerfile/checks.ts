/** A Dockerfile: what is in the image's layers, who runs in the container, and what it answers. */
import {
  container,
  containerLogs,
  fail,
  image,
  images,
  isPreloaded,
  isWatched,
  NotFound,
  pass,
  request,
  withScratch,
} from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const base = 'python:3.13-slim-trixie'

const build: Check = async ({ node1 }) => {
  const expected = 'an image `logbook` with app.py and its dependency harbour'
  const [made, from] = await Promise.all([image(node1, 'logbook:latest'), image(node1, base)])
  if (!made) {
    const own = (await images(node1)).filter((i) => !i.tags.some(isPreloaded))
    const observed = own.length > 0 ? 'an image of yours, but none with the name `logbook`' : 'no image of yours yet'
    return fail({ expected, observed, hint: 'write' })
  }
  const own = made.layers.filter((layer) => !from?.layers.includes(layer)).length
  const names = await filesInLayers(node1, 'logbook:latest', own)
  if (own === 0) return fail({ expected, observed: '`logbook` is only another name for its base image', hint: 'write' })
  if (!names.includes('app.py'))
    return fail({ expected, observed: 'no app.py in the layers of `logbook`', hint: 'inside' })
  if (!names.includes('harbour.py') && !names.includes('harbour'))
    return fail({ expected, observed: 'harbour is not installed in `logbook`', hint: 'install' })
  return pass(`\`logbook\` has app.py and harbour in ${own} layers on top of its base`)
}

/** Names of what interests us in the uppermost layers, as the engine keeps them on the node's disk. */
async function filesInLayers(node: Node, name: string, uppermost: number): Promise<string[]> {
  const { GraphDriver } = (await node.get(`/images/${name}/json`)) as {
    GraphDriver?: { Data?: { UpperDir?: unknown; LowerDir?: unknown } }
  }
  const { UpperDir: upper = '', LowerDir: lower = '' } = GraphDriver?.Data ?? {}
  const folders = `${String(upper)}:${String(lower)}`.split(':').filter(Boolean).slice(0, uppermost)
  if (folders.length === 0) return []
  const wanted = [
    '(',
    '-name',
    'app.py',
    '-o',
    '-name',
    'harbour',
    '-o',
    '-name',
    'harbour.py',
    ')',
    '-printf',
    '%f\\n',
  ]
  return (await node.exec(['find', '-H', ...folders, ...wanted])).stdout.split('\n')
}

const serve: Check = async ({ node1 }) => {
  const expected = 'a container `logbook` that answers on http://localhost:8080'
  const book = await container(node1, 'logbook')
  if (!book) return fail({ expected, observed: 'there is no container `logbook`', hint: 'publish' })
  if (book.state !== 'running') return fail({ expected, observed: await ending(node1, book), hint: 'ended' })
  if (await isWatched(node1, book.id))
    return fail({ expected, observed: '`logbook` runs, and your terminal is tied to it', hint: 'background' })
  const answer = await request(node1, 'http://localhost:8080/health')
  if (answer.body.trim() === 'well') return pass('`logbook` answers on http://localhost:8080')
  const ports = book.published.map((p) => `${p.host} → ${p.port}`).join(', ') || 'none'
  const observed = `${answer.problem || `status ${answer.status}`}; published: ${ports}`
  return fail({ expected, observed, hint: 'publish' })
}

/** How a container ended, and the last thing that it said. */
async function ending(node: Node, { name, state, exitCode, error }: Container): Promise<string> {
  // One that never began has said nothing; the engine knows why.
  const said = error || ((await containerLogs(node, name, 20))?.stderr.trim().split('\n').at(-1) ?? '')
  return `\`${name}\` is ${state}, exit code ${exitCode}${said && `: ${said}`}`
}

const user: Check = async ({ node1 }) => {
  const expected = '`logbook`, from an image that says USER, run by another user than root'
  const [book, current] = await Promise.all([container(node1, 'logbook'), image(node1, 'logbook:latest')])
  if (!book) return fail({ expected, observed: 'there is no container `logbook`', hint: 'command' })
  if (book.state !== 'running') {
    const observed = await ending(node1, book)
    const unknown = /unable to find (user|group)|no matching entries/i.test(observed)
    return fail({ expected, observed, hint: unknown ? 'user' : /permission/i.test(observed) ? 'writes' : 'stale' })
  }
  const itsImage = await image(node1, book.imageId)
  const uid = /^Uid:\s+(\d+)/m.exec((await node1.read(`/proc/${book.pid}/status`)) ?? '')?.[1]
  if (uid === '0') {
    const stale = current !== undefined && current.id !== book.imageId && current.user !== ''
    const observed = stale
      ? 'the image has a USER; `logbook` was made from an older one'
      : 'the process in `logbook` is root'
    return fail({ expected, observed, hint: stale ? 'stale' : 'user' })
  }
  if (itsImage && book.user !== itsImage.user) {
    const observed = `\`logbook\` was started with --user ${book.user}; its image says ${itsImage.user || 'nothing, which is root'}`
    return fail({ expected, observed, hint: 'user' })
  }
  const answer = await request(node1, 'http://localhost:8080/health')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  return pass(`\`logbook\` is run by ${book.user || 'a user'} (uid ${uid ?? 'unknown'}) and answers`)
}

const args: Check = (lab) =>
  withScratch(lab, async ({ node, name }) => {
    const expected = '`docker run --rm logbook --version` prints a version, and `docker run logbook` serves'
    const made = await image(node, 'logbook:latest')
    if (!made) return fail({ expected, observed: 'there is no image `logbook`', hint: 'command' })
    const ENTRYPOINT = `ENTRYPOINT is ${made.entrypoint.join(' ') || 'not set'}`
    // A shell drops what stands behind the image, unless its script asks for it: "$@".
    const [shell, option, script = ''] = made.entrypoint
    if (shell === '/bin/sh' && option === '-c' && !/\$\{?[@*0-9]/.test(script))
      return fail({ expected, observed: ENTRYPOINT, hint: 'brackets' })
    const run = ['docker', 'run', '--network', 'none', '--name'] as const
    const printed = await node.exec(['timeout', '10', ...run, name('version'), 'logbook', '--version'])
    if (!/^logbook \d/.test(printed.stdout.trim())) {
      const said = printed.stderr.trim().split('\n')[0] ?? ''
      return fail({
        expected,
        observed: `${ENTRYPOINT}; it says: ${said || printed.stdout || 'nothing'}`,
        hint: 'entrypoint',
      })
    }
    await node.exec(['docker', 'run', '-d', '--network', 'none', '--name', name('serves'), 'logbook'])
    // Asked by Python itself: where app.py lies is the image's own affair.
    const ask = 'import urllib.request as r; r.urlopen("http://localhost:8000/health", timeout=2)'
    const ping =
      'for i in 1 2 3 4 5 6 7 8; do docker exec "$1" python -c "$2" 2>/dev/null && exit 0; sleep 0.3; done; exit 1'
    const served = await node.exec(['sh', '-c', ping, 'sh', name('serves'), ask], { timeout_ms: 15_000 })
    const book = await container(node, name('serves'))
    if (served.code !== 0 || book?.state !== 'running')
      return fail({
        expected,
        observed: `with no argument, nothing answers on port 8000 (CMD is ${made.command.join(' ') || 'not set'})`,
        hint: 'command',
      })
    return pass(`prints ${printed.stdout.trim()}, and serves without an argument`)
  })

const healthy: Check = async ({ node1 }) => {
  const expected = 'a container `logbook` that the HEALTHCHECK of its image calls healthy'
  const [book, current] = await Promise.all([container(node1, 'logbook'), image(node1, 'logbook:latest')])
  if (!book) return fail({ expected, observed: 'there is no container `logbook`', hint: 'command' })
  const { test, status, said } = await healthOf(node1, 'logbook')
  const stale = current !== undefined && current.id !== book.imageId
  if (!status) return fail({ expected, observed: '`logbook` has no health check', hint: stale ? 'stale' : 'check' })
  if (!(await hasCheck(node1, book.imageId)))
    return fail({ expected, observed: '`logbook` has a check, its image has none', hint: stale ? 'stale' : 'check' })
  if (!/ping|health|8000|http|socket/i.test(test) && !(await askedFromInside(node1)))
    return fail({ expected, observed: `the check \`${test}\` asks nothing of the app`, hint: 'check' })
  if (status === 'healthy') return pass(`\`logbook\` is healthy, says \`${test}\``)
  return fail({
    expected,
    observed: `\`logbook\` is ${status}${said && `; its check says: ${said}`}`,
    hint: said ? 'tool' : 'command',
  })
}

async function hasCheck(node: Node, imageId: string): Promise<boolean> {
  const { Config } = (await node.get(`/images/${imageId}/json`)) as { Config?: { Healthcheck?: { Test?: unknown } } }
  return Config?.Healthcheck?.Test !== undefined
}

/** A check may be a script: then the app has noted a request that came from its own container. */
async function askedFromInside(node: Node): Promise<boolean> {
  const noted = (await containerLogs(node, 'logbook'))?.stderr ?? ''
  return /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1) .*"GET \//m.test(noted)
}

/** `said`: what a failed check printed last. */
async function healthOf(node: Node, name: string): Promise<{ test: string; status: string; said: string }> {
  const answer = (await node.get(`/containers/${name}/json`).catch((error: unknown) => {
    if (error instanceof NotFound) return {}
    throw error
  })) as {
    State?: { Health?: { Status?: string; Log?: { ExitCode?: unknown; Output?: unknown }[] } }
    Config?: { Healthcheck?: { Test?: unknown[] } }
  }
  const last = answer.State?.Health?.Log?.at(-1)
  return {
    test: (answer.Config?.Healthcheck?.Test ?? []).slice(1).map(String).join(' '),
    status: (answer.State?.Health?.Status ?? '').replace(/^none$/, ''),
    said: last && last.ExitCode !== 0 ? String(last.Output).trim() : '',
  }
}

export default { build, serve, user, arguments: args, healthy } satisfies Checks
