/** Client and daemon: the answers that were saved are held against what the daemon says itself. */
import { container, containerLogs, containers, EngineDown, fail, image, images, pass } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const short = (text: string) => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const ping: Check = async ({ node1 }) => {
  const expected = '`ping.txt` with the answer of the daemon to `/_ping`: its headers, and `OK`'
  const saved = await node1.read('ping.txt')
  if (saved === undefined) return fail({ expected, observed: `no ping.txt in ${node1.folder}`, hint: 'socket' })
  // `curl -v` prints headers as well, with a mark before them, and says more after the body.
  const [, api, rest = ''] = saved.match(/^(?:< )?api-version: *(\S+)([\s\S]*)/im) ?? []
  if (!api && /\bOK\s*$/.test(saved)) return fail({ expected, observed: '`OK`, without headers', hint: 'headers' })
  if (!api)
    return fail({ expected, observed: saved.trim() ? `it says "${short(saved)}"` : 'it is empty', hint: 'socket' })
  if (!/\bOK\b/.test(rest)) return fail({ expected, observed: 'headers, without `OK` below them', hint: 'command' })
  const version = (await node1.get('/version')) as { ApiVersion?: unknown }
  if (api !== version.ApiVersion)
    return fail({ expected, observed: `the file says API ${api}, the daemon says otherwise`, hint: 'command' })
  return pass(`the daemon said OK, and that it speaks API ${api}`)
}

const listImages: Check = async ({ node1 }) => {
  const expected = '`images.json` with the JSON list that the daemon gives for `/images/json`'
  const [saved, real] = await Promise.all([node1.read('images.json'), images(node1)])
  if (saved === undefined) return fail({ expected, observed: `no images.json in ${node1.folder}`, hint: 'path' })
  const listed = parse(saved)
  if (!Array.isArray(listed))
    return fail({
      expected,
      observed: saved.trim() ? `it begins with "${short(saved)}"` : 'it is empty',
      hint: 'plain',
    })
  // `docker image inspect` prints a list with ids as well; only in the daemon's own is the time a number.
  const own = listed.filter((one) => typeof (one as { Created?: unknown } | null)?.Created === 'number')
  const ids = own.map((one) => (one as { Id?: unknown }).Id)
  const known = real.filter((one) => ids.includes(one.id)).length
  if (known === 0)
    return fail({
      expected,
      observed: `a list of ${listed.length}, none of them an image as this daemon lists it`,
      hint: 'plain',
    })
  return pass(`images.json lists ${listed.length} images, by their ids`)
}

async function others(node: Node): Promise<string> {
  const names = (await containers(node)).map((c) => c.name).filter((name) => name !== 'buoy')
  return names.length === 0 ? '' : `; there is ${names.map((n) => `\`${n}\``).join(', ')}`
}

const create: Check = async ({ node1 }) => {
  const expected = 'a container `tally` from `busybox:1.37`, and in `created.json` the answer that named its id'
  const [tally, busybox, saved] = await Promise.all([
    container(node1, 'tally'),
    image(node1, 'busybox:1.37'),
    node1.read('created.json'),
  ])
  // With `curl -i` there are headers before it.
  const answer = parse((saved ?? '').replace(/^HTTP[^{]*/, '')) as
    { Id?: unknown; message?: unknown } | null | undefined
  if (!tally) {
    const said = typeof answer?.message === 'string' ? `; the daemon answered "${short(answer.message)}"` : ''
    return fail({
      expected,
      observed: `no container \`tally\`${await others(node1)}${said}`,
      hint: said ? 'body' : 'post',
    })
  }
  if (busybox && tally.imageId !== busybox.id)
    return fail({ expected, observed: `\`tally\` was made from \`${tally.image}\``, hint: 'body' })
  if (answer?.Id !== tally.id)
    return fail({
      expected,
      observed: saved === undefined ? '`tally` is there, created.json is not' : `created.json says "${short(saved)}"`,
      hint: 'answer',
    })
  return pass(`\`tally\` is ${tally.id.slice(0, 12)}, as the daemon said`)
}

const start: Check = async ({ node1 }) => {
  const expected = '`tally` started, printed `counted`, and ended with exit code 0'
  const tally = await container(node1, 'tally')
  if (!tally) return fail({ expected, observed: 'there is no container `tally`', hint: 'failed' })
  if (tally.state === 'created' && tally.error === '')
    return fail({ expected, observed: '`tally` is created and was never started', hint: 'post' })
  if (tally.state !== 'exited' || tally.exitCode !== 0)
    return fail({
      expected,
      observed: short(tally.error) || `\`tally\` is ${tally.state}, exit code ${tally.exitCode}`,
      hint: 'failed',
    })
  const said = (await containerLogs(node1, 'tally', 20))?.stdout.trim() ?? ''
  if (!/\bcounted\b/.test(said))
    return fail({ expected, observed: `\`tally\` printed ${said ? `"${short(said)}"` : 'nothing'}`, hint: 'failed' })
  return pass('`tally` ran, and ended with exit code 0')
}

const logs: Check = async ({ node1 }) => {
  const expected = '`tally.log` with what `tally` printed'
  const [said, saved] = await Promise.all([containerLogs(node1, 'tally', 20), node1.read('tally.log')])
  const line = said?.stdout.trim().split('\n')[0] ?? ''
  if (saved === undefined) return fail({ expected, observed: `no tally.log in ${node1.folder}`, hint: 'which' })
  if (line === '') return fail({ expected, observed: 'nothing: `tally` is gone, or printed nothing', hint: 'command' })
  if (!saved.includes(line)) {
    const refused = (parse(saved) as { message?: unknown } | null | undefined)?.message !== undefined
    const observed = saved.trim() ? `it says "${short(saved)}"` : 'it is empty'
    return fail({ expected, observed, hint: refused || !saved.trim() ? 'which' : 'quote' })
  }
  return pass(`tally.log has \`${short(line)}\``)
}

const remove: Check = async ({ node1 }) => {
  const tally = await container(node1, 'tally')
  if (!tally) return pass('`tally` is gone')
  return fail({ expected: 'no container `tally`', observed: `\`tally\` is ${tally.state}`, hint: 'verb' })
}

/** Epoch seconds since when the daemon runs; undefined when it does not. */
async function daemonSince(node: Node): Promise<number | undefined> {
  const script =
    'read -r up _ < /proc/uptime; date +%s.%N; echo "$up"; cut -d")" -f2- "/proc/$(cat /run/docker.pid)/stat"'
  const ran = await node.exec(['sh', '-c', script])
  const [now, up, stat] = ran.stdout.split('\n')
  // The 22nd field of the file is the start in hundredths of a second after that of the machine; two are cut off with the name.
  const ticks = Number(stat?.trim().split(' ')[19])
  const since = Number(now) - Number(up) + ticks / 100
  return ran.code === 0 && Number.isFinite(since) ? since : undefined
}

const outlive: Check = async ({ node1 }) => {
  const expected = '`buoy` running since before the daemon was started'
  try {
    const [buoy, since, live] = await Promise.all([container(node1, 'buoy'), daemonSince(node1), liveRestore(node1)])
    const running = buoy?.state === 'running'
    const older = running && since !== undefined && (buoy.startedAt ?? Infinity) / 1000 < since
    if (older) return pass('the daemon is younger than `buoy`, which never noticed')
    const setting = live ? 'live-restore is on' : 'live-restore is off'
    if (!live) return fail({ expected, observed: `\`buoy\` is ${buoy?.state ?? 'gone'}, ${setting}`, hint: 'setting' })
    if (!buoy) return fail({ expected, observed: `there is no container \`buoy\`; ${setting}`, hint: 'gone' })
    if (!running) return fail({ expected, observed: `\`buoy\` is ${buoy.state}; ${setting}`, hint: 'again' })
    return fail({ expected, observed: `\`buoy\` was started after the daemon; ${setting}`, hint: 'restart' })
  } catch (error) {
    if (!(error instanceof EngineDown)) throw error
    return fail({ expected, observed: 'the daemon does not answer', hint: 'broken' })
  }
}

async function liveRestore(node: Node): Promise<boolean> {
  return ((await node.get('/info')) as { LiveRestoreEnabled?: unknown }).LiveRestoreEnabled === true
}

export default { ping, images: listImages, create, start, logs, remove, outlive } satisfies Checks
