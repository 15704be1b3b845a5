/** The X-ray on a real engine: what a command did is told within half a second, and an engine that is stopped, floods or lies takes nothing but its own picture. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAttacker } from '../../../tests/security/attacker.ts'
import { replaceEngine } from '../../../tests/security/fake-engine.ts'
import { runtime, sessionSpec, startNode } from '../../test/real-nodes.ts'
import type { XrayEvent, XrayHappening, XrayNode } from '../contract/xray.ts'
import { openTriggers, type Triggers } from '../grading/triggers.ts'
import type { RuntimeNode } from '../runtime/port.ts'
import { lookInside } from './look-inside.ts'
import { createXray } from './xray.ts'

const spec = sessionSpec({ limits: { memory_mb: 768, cpus: 1, pids: 1024, disk_mb: 1024 } })
let node: RuntimeNode
let triggers: Triggers
let stop: () => void
const seen: { at: number; event: XrayEvent }[] = []

const run = async (script: string) => {
  const said = await node.exec(['sh', '-ec', script], { timeout_ms: 60_000 })
  expect(said.code, said.stderr).toBe(0)
  return said.stdout.trim()
}
const pictures = (): XrayNode[] => seen.flatMap(({ event }) => (event.type === 'node' ? [event.node] : []))
const happened = (): XrayHappening[] => seen.flatMap(({ event }) => (event.type === 'happened' ? event.happenings : []))
const until = (what: (now: XrayNode) => boolean) =>
  expect
    .poll(
      () => {
        const now = pictures().at(-1)
        return now !== undefined && what(now)
      },
      { timeout: 20_000, interval: 10 },
    )
    .toBe(true)

beforeAll(async () => {
  node = await startNode(spec)
  const xray = createXray({
    nodes: () => [node],
    names: ['node1'],
    onError: (e) => expect.fail(String(e)),
    now: Date.now,
  })
  triggers = openTriggers({
    nodes: [node],
    onTrigger: () => undefined,
    onEngine: () => xray.look(),
    onEvent: (name, event) => xray.note(name, event),
    onNodeEngine: () => undefined,
    ignore: () => false,
  })
  stop = xray.follow((event) => seen.push({ at: Date.now(), event }))
})
afterAll(async () => {
  stop()
  triggers.stop()
  await runtime.remove(spec.session)
})

test('what a command did is told: the container with its limits, network, volume and image, and what happened on the way', async () => {
  await until(({ engine, images }) => engine === 'up' && images.length > 3)
  await run(`docker network create front
    docker run -d --name web --network front -v data:/data -m 64m --cpus 0.5 -p 8080:80 nginx:1.26`)
  await until(({ containers }) => containers[0]?.state === 'running')
  const now = pictures().at(-1)
  const [web] = now?.containers ?? []
  expect(web).toMatchObject({
    ...{ name: 'web', image: 'nginx:1.26', restarts: 0, health: null },
    limits: { memory: 64 * 2 ** 20, cpus: 0.5 },
    ports: [{ inside: '80/tcp', outside: 8080 }],
    networks: [{ name: 'front' }],
    mounts: [{ kind: 'volume', source: 'data', target: '/data', writable: true }],
  })
  expect(web?.networks[0]?.names).toContain('web')
  expect(web?.pid).toBeGreaterThan(1)
  expect(now?.volumes.map(({ name }) => name)).toEqual(['data'])
  expect(now?.networks.map(({ name }) => name)).toEqual(['bridge', 'front', 'host', 'none'])
  const image = now?.images.find(({ names }) => names.includes('nginx:1.26'))
  expect(image?.id).toBe(web?.image_id)
  expect(image?.layers.length).toBeGreaterThan(0)
  // Two images of one base share its layer.
  const bases = now?.images.map(({ layers }) => layers[0]?.id) ?? []
  expect(new Set(bases).size).toBeLessThan(bases.length)
  const said = happened().map(({ kind, action, name }) => `${kind} ${action} ${name}`)
  for (const each of ['network create front', 'container create web', 'container start web'])
    expect(said).toContain(each)
})

test('ten times in a row, without being asked', async () => {
  const late: number[] = []
  for (let i = 0; i < 10; i++) {
    await run(`docker volume create v${i}`)
    // As far as a person knows it is done now.
    const began = Date.now()
    await until(({ volumes }) => volumes.some(({ name }) => name === `v${i}`))
    const at = seen.find(
      ({ event }) => event.type === 'node' && event.node.volumes.some(({ name }) => name === `v${i}`),
    )
    late.push(Math.max(0, (at?.at ?? Infinity) - began))
  }
  late.sort((a, b) => a - b)
  process.stderr.write(`  seen after ${late.join(', ')} ms\n`)
  // Half a second is the aim, and what is printed; this is the bar for a busy machine.
  expect(late.at(8)).toBeLessThan(2000)
})

test('inside a container: its processes, which namespaces are its own, and how often it was stopped at its limit', async () => {
  const id = await run('docker run -d --name busy --cpus 0.2 -m 64m busybox:1.37 sh -c "while :; do :; done"')
  await expect
    .poll(async () => (await lookInside(node, id, Date.now)).use?.held_back, { timeout: 10_000 })
    .toBeGreaterThan(3)
  const { namespaces, processes, use } = await lookInside(node, id, Date.now)
  const own = namespaces.filter((each) => each.node !== each.container).map(({ kind }) => kind)
  expect(own).toEqual(expect.arrayContaining(['ipc', 'mnt', 'net', 'pid', 'uts']))
  expect(own).not.toContain('user')
  expect(processes[0]?.command).toContain('while :')
  expect(use).toMatchObject({ pids: 1 })
  expect(use?.memory).toBeGreaterThan(0)
  await run('docker kill busy')
  expect(await lookInside(node, id, Date.now)).toEqual({ namespaces: [], processes: [], use: null })
  await run('docker rm busy')
  await expect(lookInside(node, id, Date.now)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a container that is gone at once is told all the same; a stopped engine is down, and comes back', async () => {
  await run('docker run --rm --name flash busybox:1.37 true')
  await expect.poll(() => happened().some(({ action, name }) => name === 'flash' && action === 'destroy')).toBe(true)
  await run('service docker stop')
  await until(({ engine }) => engine === 'down')
  await run('service docker start')
  await until(({ engine, containers }) => engine === 'up' && containers[0]?.state === 'exited')
})

test('an engine that lies and floods is called strange, its flood is counted, and the server goes on', async () => {
  const from = seen.length
  await replaceEngine(createAttacker(node))
  const lag = monitorEventLoopDelay({ resolution: 5 })
  await until(({ engine }) => engine === 'strange')
  lag.enable()
  const before = seen.length
  const missed = () => seen.reduce((sum, { event }) => sum + (event.type === 'happened' ? event.missed : 0), 0)
  await expect.poll(missed, { timeout: 30_000 }).toBeGreaterThan(1000)
  lag.disable()
  process.stderr.write(
    `  longest stop of the server ${Math.round(lag.max / 1e6)} ms, ${seen.length - before} messages\n`,
  )
  // Far from what it is, so that a busy machine is no failure, and an answer that stops everybody is.
  expect(lag.percentile(99) / 1e6).toBeLessThan(1000)
  for (const { event } of seen.slice(from)) {
    expect(JSON.stringify(event).length).toBeLessThan(100_000)
    expect(JSON.stringify(event)).not.toContain('\\u001b')
  }
  await expect(lookInside(node, 'f'.repeat(64), Date.now)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
})
