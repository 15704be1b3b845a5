/** Protects: what changed glows and nothing else does, what was seen stays while an engine is silent, and nothing is told twice. */
import type { XrayContainer, XrayEvent, XrayHappening, XrayNode } from '@drydock/sandbox-server/contract'
import { expect, test } from 'vitest'
import { sentence } from './happening-text.ts'
import { fade, glow, nothing, relatedTo, takeEvent } from './xray-state.ts'

const container = (id: string, more: Partial<XrayContainer> = {}): XrayContainer => ({
  ...{ id, name: id, image: 'nginx:1.26', image_id: 'i1', command: '', state: 'running', health: null, pid: 7 },
  ...{ exit_code: 0, oom_killed: false, error: '', restarts: 0, started_at: 1, ended_at: null, ports: [] },
  limits: { memory: null, cpus: null, pids: null },
  networks: [{ name: 'front', address: '172.18.0.2', names: [id] }],
  mounts: [{ kind: 'volume', source: 'data', target: '/data', writable: true }],
  ...{ service: null, project: null },
  ...more,
})
const node = (containers: XrayContainer[], more: Partial<XrayNode> = {}): XrayEvent => ({
  type: 'node',
  node: {
    ...{ name: 'node1', engine: 'up', version: '26', containers, swarm: null, left_out: [] },
    images: [{ id: 'i1', names: ['nginx:1.26'], size: 1, created_at: 1, layers: [] }],
    networks: [{ id: 'n1', name: 'front', driver: 'bridge', scope: 'local', internal: false, subnet: '' }],
    volumes: [{ name: 'data', driver: 'local', anonymous: false, created_at: 1 }],
    ...more,
  },
})
const happening = (number: number, action: string, detail = ''): XrayHappening => ({
  ...{ number, at: number, node: 'node1', kind: 'container', action, name: 'web', detail },
})

test('the first look glows nowhere; what is new or different glows for a moment', () => {
  let state = takeEvent(nothing, node([container('a'), container('b')]), 0)
  expect(state.fresh.size).toBe(0)
  state = takeEvent(state, node([container('a'), container('b', { state: 'exited' }), container('c')]), 100)
  expect([...state.fresh.keys()]).toEqual(['node1 container b', 'node1 container c'])
  expect(fade(state, 100 + glow - 1)).toBe(state)
  expect(fade(state, 100 + glow).fresh.size).toBe(0)
})

test('while an engine is silent, what was last seen stays, and its return is no change', () => {
  const seen = takeEvent(nothing, node([container('a')]), 0)
  const silent = takeEvent(seen, node([], { engine: 'down', images: [], networks: [], volumes: [] }), 10)
  expect(silent.nodes[0]).toMatchObject({ engine: 'down', containers: [{ id: 'a' }] })
  expect(takeEvent(silent, node([container('a')]), 20).fresh.size).toBe(0)
  expect(takeEvent(nothing, node([], { engine: 'down' }), 0).nodes[0]).toMatchObject({ containers: [] })
})

test('happenings that are told again after a lost line are there once, also after a restart of the server', () => {
  let state = takeEvent(nothing, { type: 'happened', missed: 0, happenings: [happening(1, 'create')] }, 0)
  state = takeEvent(
    state,
    { type: 'happened', missed: 2, happenings: [happening(1, 'create'), happening(2, 'start')] },
    0,
  )
  state = takeEvent(state, { type: 'happened', missed: 0, happenings: [{ ...happening(1, 'die', '137'), at: 50 }] }, 0)
  expect(state.happenings.map(({ action }) => action)).toEqual(['create', 'start', 'die'])
  expect(state.missed).toBe(2)
})

test('things know what belongs to them', () => {
  const tasks = [
    { id: 't1', service: 's1', member: 'm1', slot: 1, image: '', state: 'running', wanted: 'running', problem: '' },
    { id: 't2', service: 's1', member: 'm1', slot: 1, image: '', state: 'shutdown', wanted: 'shutdown', problem: '' },
  ].map((task, i) => ({ ...task, container: i === 0 ? 'a' : '', changed_at: null }))
  const event = node([container('a'), container('b', { networks: [], mounts: [], image_id: 'i2' })], {
    swarm: { role: 'manager', members: [], services: [], tasks },
  })
  if (event.type !== 'node') throw new Error('no node')
  const related = (kind: Parameters<typeof relatedTo>[1]['kind'], id: string) =>
    relatedTo(event.node, { node: 'node1', kind, id }).map((ref) => `${ref.kind} ${ref.id}`)
  expect(related('container', 'a')).toEqual(['image i1', 'network n1', 'volume data', 'task t1'])
  for (const [kind, id] of [
    ['image', 'i1'],
    ['network', 'n1'],
    ['volume', 'data'],
  ] as const)
    expect(related(kind, id)).toEqual(['container a'])
  expect(related('service', 's1')).toEqual(['task t1'])
  expect(related('task', 't1')).toEqual(['service s1', 'member m1', 'container a'])
  expect(related('container', 'gone')).toEqual([])
})

test('what happened is said in a sentence, also when nobody knows the word', () => {
  expect(sentence(happening(1, 'die', '137'))).toBe('Container web ended with exit code 137: it was killed (SIGKILL).')
  expect(sentence(happening(1, 'die', '3'))).toBe('Container web ended with exit code 3.')
  expect(sentence(happening(1, 'levitate'))).toBe('container web: levitate.')
})
