/** Protects: viewers are told what changes and nothing twice, nobody looks when nobody watches, and a flood of events is counted. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { XrayEvent } from '../contract/xray.ts'
import { createXray } from './xray.ts'

const event = (Action: string, name: string, more = {}) => ({
  ...{ Type: 'container', Action, Actor: { ID: 'a'.repeat(64), Attributes: { name, ...more } } },
})

function open() {
  let volumes: string[] = []
  let looks = 0
  const answers: Record<string, () => unknown> = {
    '/info': () => (looks++, { ServerVersion: '26.1.5' }),
    '/volumes': () => ({ Volumes: volumes.map((Name) => ({ Name })) }),
  }
  const node = {
    name: 'node1',
    request: async (_method: string, path: string) => (answers[path] ?? (() => []))(),
  }
  let now = 0
  const xray = createXray({ nodes: () => [node], names: ['node1'], onError: () => undefined, now: () => now })
  const heard: XrayEvent[] = []
  const nodes = () => heard.flatMap((each) => (each.type === 'node' ? [each.node] : []))
  return {
    ...{ xray, heard, nodes, looks: () => looks },
    set: (names: string[]) => void (volumes = names),
    later: (ms: number) => void (now += ms),
  }
}

test('tells how it is, then what changed once somebody says that something did', async () => {
  const { xray, heard, nodes, set, looks } = open()
  expect(looks()).toBe(0)
  const stop = xray.follow((each) => heard.push(each))
  await expect.poll(() => nodes().length).toBe(1)
  xray.look()
  await expect.poll(looks).toBe(2)
  expect(nodes()).toHaveLength(1)
  set(['data'])
  xray.look()
  await expect
    .poll(() =>
      nodes()
        .at(-1)
        ?.volumes.map(({ name }) => name),
    )
    .toEqual(['data'])
  // A second viewer is told at once.
  const second: XrayEvent[] = []
  xray.follow((each) => second.push(each))()
  expect(second.map(({ type }) => type)).toEqual(['happened', 'node'])
  stop()
  const before = looks()
  xray.look()
  // Longer than the shortest pause between two looks.
  await delay(300)
  expect(looks()).toBe(before)
})

test('what happened before is told to who comes later, of a flood only how much it was', () => {
  const { xray, heard, later } = open()
  xray.note('node1', event('create', 'web', { image: 'nginx:1.26' }))
  xray.note('node1', event('die', 'web', { exitCode: '137' }))
  xray.note('node1', { Type: 7 })
  xray.note('node1', event('health_status: healthy', 'web'))
  const joined = { ID: 'n'.repeat(64), Attributes: { name: 'front', container: 'a'.repeat(64) } }
  xray.note('node1', { Type: 'network', Action: 'connect', Actor: joined })
  for (let i = 0; i < 5000; i++) xray.note('node1', event('start', `c${i}`))
  later(1000)
  xray.note('node1', event('destroy', 'web'))
  xray.follow((each) => heard.push(each))()
  const [first] = heard
  if (first?.type !== 'happened') throw new Error('not told')
  expect(first.happenings).toHaveLength(40)
  expect(first.missed).toBe(4965)
  expect(first.happenings.slice(0, 4)).toMatchObject([
    { kind: 'container', action: 'create', name: 'web', detail: 'nginx:1.26', number: 1 },
    { action: 'die', detail: '137' },
    { action: 'health_status', detail: 'healthy' },
    { kind: 'network', action: 'connect', name: 'front', detail: 'web' },
  ])
  expect(first.happenings.at(-1)).toMatchObject({ action: 'destroy', name: 'web' })
})
