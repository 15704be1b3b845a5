/** Three managers of which one is off: a state that no recorded mistake can leave, since other tasks see it as well. */
import { contextOf, pretendNode, printed, wordOf } from '@drydock/kit/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import checks from './checks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const manager = (name: string, State: string) => ({
  ...{ ID: name, Spec: { Role: 'manager', Availability: 'active' }, Description: { Hostname: name } },
  ...{ Status: { State }, ManagerStatus: { Leader: name === 'node1', Reachability: 'reachable' } },
})

test('with a manager that is off, no power is cut: what is missing is said', async () => {
  const node1 = pretendNode({
    get: async () => [manager('node1', 'ready'), manager('node2', 'ready'), manager('node3', 'down')],
    // `sleep`, while it may still come back; nothing else is asked, and nothing stopped.
    exec: async ([program]) => (expect(program).toBe('sleep'), vi.advanceTimersByTime(500), printed('')),
  })
  const outcome = await checks.quorum(contextOf(node1))
  expect(wordOf(outcome)).toBe('reach')
  expect('observed' in outcome && outcome.observed).toContain('not Ready: node3')
})
