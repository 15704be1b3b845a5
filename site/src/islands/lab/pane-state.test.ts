/** Protects: each situation has exactly one pane, and what runs is always shown before what is offered. */
import type { LabView, SessionView } from '@drydock/sandbox-server/contract'
import { describe, expect, it } from 'vitest'
import { decidePane, type Known } from './pane-state.ts'

const lab: LabView = {
  id: 'layers/cache',
  title: 'x',
  summary: 'x',
  kind: 'guided',
  minutes: 1,
  nodes: 1,
  folder: 'work',
  tasks: [],
  available: { state: 'ready' },
  kept: null,
}
const session: SessionView = {
  id: 's',
  lab: lab.id,
  state: 'ready',
  progress: null,
  queue_place: null,
  queue_latest: null,
  reason: null,
  created_at: 0,
  deadline: 1,
  extend_ms: 1,
  extensions_left: 1,
  nodes: ['node1'],
  setting_up: false,
  pager: null,
  texts: {},
  terminals: [],
  ports: [],
  tasks: [],
}
const nothing: Known = {
  server: 'asking',
  lab: null,
  session: null,
  opening: false,
  conflict: null,
  access: null,
  problem: null,
  over: null,
}
const name = (known: Partial<Known>) => decidePane({ ...nothing, ...known }).name
const up = { server: 'up', lab } as const

describe('decidePane', () => {
  it('asks, offers, explains', () => {
    expect(name({})).toBe('asking')
    expect(name(up)).toBe('offer')
    expect(name({ server: 'static' })).toBe('static')
    expect(name({ server: 'unreachable' })).toBe('unreachable')
    expect(name({ ...up, lab: { ...lab, available: { state: 'building', reason: '' } } })).toBe('building')
    expect(name({ ...up, lab: { ...lab, available: { state: 'unsupported', reason: '' } } })).toBe('unsupported')
    expect(name({ ...up, conflict: { session: 'o', lab: 'a/b', resume: false } })).toBe('conflict')
    expect(name({ ...up, access: { wrong: null } })).toBe('access')
    expect(name({ ...up, opening: true })).toBe('starting')
  })
  it('follows the session', () => {
    expect(name({ ...up, session: { ...session, state: 'starting' } })).toBe('starting')
    expect(name({ ...up, session: { ...session, state: 'starting', queue_place: 2 } })).toBe('queueing')
    expect(name({ ...up, session })).toBe('ready')
    expect(name({ ...up, session: { ...session, state: 'expiring' } })).toBe('ready')
    expect(name({ ...up, session: { ...session, state: 'stopping' } })).toBe('stopping')
    expect(name({ ...up, session: { ...session, state: 'failed' } })).toBe('failed')
  })
  it('keeps showing a running lab while the server cannot be reached', () => {
    expect(name({ server: 'unreachable', session })).toBe('ready')
  })
  it('says what was kept after the end, until a new start has a problem of its own', () => {
    const over = { reason: null }
    expect(name({ ...up, over })).toBe('ended')
    const problem = { code: 'ENGINE_UNAVAILABLE', message: '', retry: true, details: {} } as const
    expect(name({ ...up, over, problem })).toBe('offer')
  })
})
