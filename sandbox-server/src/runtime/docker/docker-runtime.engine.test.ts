/** Sessions on the real lab engine: nodes that know each other alone, come back with what they had, and leave nothing behind. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EngineDown } from '@drydock/kit'
import { requireEngine } from '../../../../infra/engine/api.ts'
import {
  instance,
  killNode,
  patience,
  readUntil,
  runtime,
  sessionSpec,
  silent,
  startNode,
  startNodes,
} from '../../../test/real-nodes.ts'
import type { RuntimeNode } from '../port.ts'
import { createDockerRuntime } from './docker-runtime.ts'

const mine = sessionSpec()
let node: RuntimeNode

beforeAll(async () => {
  node = await startNode(mine)
})
afterAll(() => runtime.remove(mine.session))

test('a cancelled start leaves nothing', async () => {
  const other = sessionSpec()
  const cancel = new AbortController()
  const starting = runtime.start(other, {
    signal: cancel.signal,
    progress: (text) => void (text.includes('Engine') && cancel.abort()),
  })
  await expect(starting).rejects.toThrow()
  expect((await runtime.list()).map((each) => each.session)).not.toContain(other.session)
  expect(readdirSync(instance.disks).filter((name) => name.startsWith(other.session))).toEqual([])
})

test('nodes know each other by name, and no other session', async () => {
  const two = sessionSpec({ nodes: 2 })
  try {
    const nodes = await startNodes(two)
    expect(nodes.map((each) => each.name)).toEqual(['node1', 'node2'])
    expect((await runtime.list()).find((each) => each.session === two.session)?.complete).toBe(true)
    const address = (await nodes[1]?.exec(['hostname', '-i']))?.stdout.trim() ?? ''
    expect((await nodes[0]?.exec(['ping', '-c', '1', '-W', '2', address]))?.code).toBe(0)
    expect((await nodes[0]?.exec(['ping', '-c', '1', '-W', '2', 'node2']))?.code).toBe(0)
    expect((await node.exec(['ping', '-c', '1', '-W', '1', address])).code).not.toBe(0)
  } finally {
    await runtime.remove(two.session)
  }
  expect(existsSync(path.join(instance.disks, `${two.session}-node1.img`))).toBe(false)
})

test('a node goes away with all it has, also with a container that its learner paused', async () => {
  const of = sessionSpec()
  const paused = await startNode(of)
  const pause = 'docker run -d --name still busybox:1.37 sleep 1000 && docker pause still'
  const said = await paused.exec(['sh', '-c', pause], patience)
  expect(said.code).toBe(0)
  const before = performance.now()
  await runtime.remove(of.session)
  // An engine that waits in vain for a frozen process gives up after ten seconds and more.
  expect(performance.now() - before).toBeLessThan(8000)
  expect((await runtime.list()).some((found) => found.session === of.session)).toBe(false)
})

test('a network or a disk without a node is found, removed, and so is a disk that a kill left half copied', async () => {
  const { session } = sessionSpec()
  const network = { Name: session, Internal: true, Labels: { 'drydock.home': session } }
  await requireEngine(instance, 'POST', '/networks/create', { json: network })
  writeFileSync(path.join(instance.disks, `${session}-node1.img`), 'x')
  // No process has this number: it is above the kernel's largest.
  writeFileSync(path.join(instance.disks, `${session}-node2.img.99999999`), 'x')
  expect((await runtime.list()).find((each) => each.session === session)).toEqual({
    session,
    nodes: 0,
    stopped: [],
    complete: false,
  })
  await runtime.remove(session)
  expect((await runtime.list()).some((each) => each.session === session)).toBe(false)
  expect(readdirSync(instance.disks).filter((name) => name.startsWith(session))).toEqual([])
})

test('a node outlives its engine, and comes back also when its learner broke the engine', async () => {
  const of = sessionSpec()
  try {
    const first = await startNode(of)
    await first.exec(['bash', '-c', 'kill -9 -1'])
    await first.exec(['sh', '-c', 'echo "{ broken" > /etc/docker/daemon.json'])
    expect((await first.exec(['service', 'docker', 'status'])).code).toBe(3)
    await killNode(of)
    const [again] = await runtime.open(of)
    expect((await again?.exec(['cat', '/etc/docker/daemon.json']))?.stdout).toBe('{ broken\n')
    await expect(again?.request('GET', '/containers/json')).rejects.toBeInstanceOf(EngineDown)
    const repair = 'echo "{ \\"debug\\": true }" > /etc/docker/daemon.json; service docker start; docker info'
    const said = await again?.exec(['sh', '-c', `${repair} | grep Debug`], { timeout_ms: 30_000 })
    expect(said?.stdout).toContain('Debug Mode: true')
  } finally {
    await runtime.remove(of.session)
  }
})

test('tools that a learner replaced never run where the root of the container can be reached', async () => {
  const of = sessionSpec()
  try {
    const first = await startNode(of)
    // What a start calls after the new root is entered, and what an older one called while both roots were there.
    const plant = `for tool in umount rmdir; do printf '#!/bin/sh\nexit 0\n' > /usr/bin/$tool; done
      mv /usr/bin/mkdir /usr/bin/mkdir.real
      printf '#!/bin/sh\ncat /proc/self/mountinfo > /root/seen\nexec /usr/bin/mkdir.real "$@"\n' > /usr/bin/mkdir
      chmod 755 /usr/bin/mkdir /usr/bin/umount /usr/bin/rmdir`
    expect((await first.exec(['sh', '-c', plant])).code).toBe(0)
    await killNode(of)
    const [again] = await runtime.open(of)
    const seen = (await again?.exec(['cat', '/root/seen']))?.stdout.trim().split('\n') ?? []
    const points = seen.map((line) => line.split(' ')[4] ?? '')
    expect(points).toContain('/golden')
    expect(seen.filter((line) => line.includes(' - overlay '))).toHaveLength(1)
    expect(points.filter((point) => /^\/(\.old|node|etc)/.test(point))).toEqual([])
  } finally {
    await runtime.remove(of.session)
  }
})

test('adopting finds the same shell', async () => {
  const size = { cols: 80, rows: 24 }
  const before = await node.attach('main', { since: null, ...size })
  before.write(Buffer.from('X=kept; echo one-$X\n'))
  await readUntil(before, 'one-kept')
  before.close()
  const found = (await runtime.list()).find((each) => each.session === mine.session)
  expect(found).toEqual({ session: mine.session, nodes: 1, stopped: [], complete: true })
  const [again] = await createDockerRuntime({ instance, logger: silent }).open(mine)
  if (!again) throw new Error('no node')
  const terminal = await again.attach('main', { since: null, ...size })
  terminal.write(Buffer.from('echo two-$X\n'))
  expect(await readUntil(terminal, 'two-kept')).toContain('one-kept')
  terminal.close()
})
