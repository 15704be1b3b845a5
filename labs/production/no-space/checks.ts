/** A full disk: what is free, what the log of one container takes and may take, and what must not have been lost. */
import { container, containerLogs, fail, pass, request, size } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const MiB = 1024 * 1024
const mostLog = 20_000_000
const room = 180 * MiB

const books: Check = async ({ node1 }) => {
  const expected = 'the books of 2019, 412 ropes, in a volume'
  const found = await node1.exec(['sh', '-c', 'cat /var/lib/docker/volumes/*/_data/books-2019.csv'])
  if (found.stdout.includes('2019;ropes;412')) return pass('the books of 2019 are there')
  return fail({ expected, observed: 'no volume of this machine holds them', hint: 'gone' })
}

interface Logging {
  driver: string
  path: string
  options: Record<string, string>
}

/** What the Engine says about a container's log; everything in it is the learner's. */
async function logging(node: Node, name: string): Promise<Logging> {
  const answer = (await node.get(`/containers/${name}/json`)) as {
    LogPath?: string
    HostConfig?: { LogConfig?: { Type?: string; Config?: Record<string, string> | null } }
  }
  const config = answer.HostConfig?.LogConfig
  return { driver: config?.Type ?? '', path: answer.LogPath ?? '', options: config?.Config ?? {} }
}

/** `10m` as Docker reads it; undefined when it is no size. */
function bytes(text: string | undefined): number | undefined {
  const [, figure, unit] = text?.trim().match(/^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i) ?? []
  if (figure === undefined) return undefined
  return Number(figure) * 1024 ** ['', 'k', 'm', 'g'].indexOf((unit ?? '').toLowerCase())
}

/** The most that the driver will keep; undefined when there is no end. */
function most({ driver, options }: Logging): number | undefined {
  const local = driver === 'local'
  const each = bytes(options['max-size']) ?? (local ? 20 * MiB : undefined)
  const files = Number(options['max-file'] ?? (local ? 5 : 1))
  return each === undefined ? undefined : each * files
}

const log: Check = async ({ node1 }) => {
  const expected = '`gauge` at work, with a log that ends at 20 MB or before'
  const gauge = await container(node1, 'gauge')
  if (!gauge) return fail({ expected, observed: 'there is no container `gauge`', hint: 'command' })
  if (gauge.state !== 'running')
    return fail({ expected, observed: `\`gauge\` is ${gauge.state}, exit code ${gauge.exitCode}`, hint: 'silent' })
  const kept = await logging(node1, 'gauge')
  // The Engine does not say where the driver `local` writes.
  const path = kept.path || `/var/lib/docker/containers/${gauge.id}/local-logs/container.log`
  const used = await node1.exec(['sh', '-c', 'cat -- "$1"* | wc -c', 'sh', path])
  const now = Number(used.stdout.trim()) || 0
  if (kept.driver !== 'json-file' && kept.driver !== 'local')
    return fail({ expected, observed: `its log driver is \`${kept.driver}\``, hint: 'silent' })
  const limit = most(kept)
  if (limit === undefined) {
    const observed = `a log of ${size(now)}, without a limit`
    return fail({ expected, observed, hint: now < mostLog ? 'settings' : 'where' })
  }
  // Docker's m is 1024 × 1024: two files of 10m are meant by everyone who thinks of 20 MB.
  if (limit > 20 * MiB) return fail({ expected, observed: `a log of up to ${size(limit)}`, hint: 'files' })
  const said = (await containerLogs(node1, 'gauge', 1))?.stdout.trim() ?? ''
  if (!/^(gauge: level|debug: sample)/.test(said))
    return fail({ expected, observed: '`gauge` logs nothing', hint: 'silent' })
  return pass(`the log of \`gauge\` has ${size(now)} and never more than ${size(limit)}`)
}

const makeRoom: Check = async ({ node1 }) => {
  const expected = `at least ${size(room)} free`
  const [disk, cache, listed] = await Promise.all([
    node1.exec(['df', '-B1', '--output=avail', '/var/lib/docker']),
    node1.get('/system/df?type=build-cache') as Promise<{ BuildCache?: { Size?: number }[] | null }>,
    node1.exec([
      'docker',
      'ps',
      '-a',
      '--filter',
      'status=exited',
      '--filter',
      'name=^trial',
      '--format',
      '{{.Names}}',
    ]),
  ])
  const free = Number(disk.stdout.trim().split('\n').at(-1))
  if (free >= room) return pass(`${size(free)} free`)
  const cached = (cache.BuildCache ?? []).reduce((sum, record) => sum + (record.Size ?? 0), 0)
  const trials = listed.stdout.trim().split('\n').filter(Boolean)
  const parts = [
    cached > MiB ? `${size(cached)} of build cache` : '',
    trials.length > 0 ? `the layer of ${trials.join(', ')}` : '',
  ].filter(Boolean)
  const observed = `${size(free)} free${parts.length > 0 ? `, beside ${parts.join(' and ')}` : ''}`
  if (cached > MiB && trials.length > 0) return fail({ expected, observed, hint: 'df' })
  return fail({ expected, observed, hint: cached > MiB ? 'cache' : trials.length > 0 ? 'trials' : 'command' })
}

const till: Check = async ({ node1 }) => {
  const expected = '`till` prints at http://localhost:8080'
  const found = await container(node1, 'till')
  if (found?.state !== 'running')
    return fail({
      expected,
      observed: found ? `\`till\` is ${found.state}` : 'there is no container `till`',
      hint: 'start',
    })
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.status === 200 && /^receipt \d+ printed/.test(answer.body)) return pass(`\`till\`: ${answer.body.trim()}`)
  const gauge = await container(node1, 'gauge')
  const path = gauge ? (await logging(node1, 'gauge')).path : ''
  const removed = path !== '' && (await node1.exec(['test', '-e', path])).code !== 0
  return fail({
    expected,
    observed: answer.problem || answer.body.trim() || `status ${answer.status}`,
    hint: removed ? 'emptied' : answer.status === 0 ? 'start' : 'space',
  })
}

export default { books, log, room: makeRoom, till } satisfies Checks
