/** Events of the past are read as Docker answers them: none, one object, or one a line. */
import { expect, test } from 'vitest'
import type { Node } from '../check.ts'
import { pretendNode } from '../testing.ts'
import { BadAnswer } from './answer.ts'
import { containerEvents, isWatched } from './events.ts'

const asked: string[] = []
const nodeThatAnswers = (answer: unknown): Node =>
  pretendNode({
    get: async (path) => (asked.push(path), answer),
  })

const event = (Action: string, more: Record<string, string> = {}) => ({
  status: Action,
  Type: 'container',
  Action,
  Actor: { ID: 'ab12', Attributes: { image: 'busybox:1.37', name: 'hello', ...more } },
  time: 1_790_000_000,
  timeNano: 1_790_000_000_123_456_789,
})

test('none, one and several', async () => {
  expect(await containerEvents(nodeThatAnswers(null), 'hello')).toEqual([])
  const [one] = await containerEvents(nodeThatAnswers(event('die', { exitCode: '137' })), 'hello')
  expect(one).toMatchObject({ action: 'die', id: 'ab12', exitCode: 137 })
  expect(one?.at).toBeCloseTo(1_790_000_000_123.456, 0)
  const several = `${JSON.stringify(event('start'))}\n${JSON.stringify(event('destroy'))}\n`
  const found = await containerEvents(nodeThatAnswers(several), 'hello')
  expect(found.map((e) => [e.action, e.exitCode])).toEqual([
    ['start', undefined],
    ['destroy', undefined],
  ])
})

test('none of a container whose name only begins so', async () => {
  const both = [event('start'), event('die', { name: 'hello-world' })].map((e) => JSON.stringify(e)).join('\n')
  const found = await containerEvents(nodeThatAnswers(both), 'hello')
  expect(found.map((e) => e.action)).toEqual(['start'])
})

test.each([
  ['in the background', ['create', 'start'], false],
  ['in the foreground', ['create', 'attach', 'start'], true],
  ['let go with ctrl-p ctrl-q', ['create', 'attach', 'start', 'detach'], false],
  ['ended, and started again', ['create', 'attach', 'start', 'die', 'start'], false],
  ['looked at later', ['create', 'start', 'attach'], true],
])('a container %s', async (_name, actions, watched) => {
  const events = actions.map((action) => JSON.stringify(event(action))).join('\n')
  expect(await isWatched(nodeThatAnswers(events), 'ab12')).toBe(watched)
})

test('asks for the past alone, of this container', async () => {
  await containerEvents(nodeThatAnswers(null), 'hello & co')
  const url = new URL(asked.at(-1)!, 'http://engine')
  expect(JSON.parse(url.searchParams.get('filters')!)).toEqual({ type: ['container'], container: ['hello & co'] })
  expect(Number(url.searchParams.get('until'))).toBeLessThanOrEqual(Date.now() / 1000)
})

test.each([['not json\n{}'], ['{"Action":"die"}\n{"Action":"die"}'], [7], [[1]]])(
  'nonsense is refused: %j',
  async (answer) => {
    await expect(containerEvents(nodeThatAnswers(answer), 'hello')).rejects.toThrow(BadAnswer)
  },
)
