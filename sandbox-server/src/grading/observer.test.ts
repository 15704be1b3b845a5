/** Each observing check runs for itself: a slow one holds nobody up, and whoever waits for another sees what that one said last. */
import { manifest } from '@drydock/kit/schema'
import { expect, test } from 'vitest'
import { Observer } from './observer.ts'

type Tasks = { id: string; after?: string[] }[]

const tasksOf = (tasks: Tasks) =>
  manifest.parse({
    title: 'A lab for tests',
    summary: 'Nobody ever sees it.',
    kind: 'guided',
    minutes: 1,
    tasks: tasks.map((task) => ({ goal: 'Do it.', type: 'holds', ...task })),
  }).tasks

/** An observer whose looks end when the test says so. */
function observe(tasks: Tasks) {
  const log: string[] = []
  const ends = new Map<string, () => void>()
  const heard = new Map<string, () => void>()
  const tell = (line: string) => {
    log.push(line)
    heard.get(line)?.()
  }
  const observer = new Observer({
    tasks: tasksOf(tasks),
    isOver: () => false,
    look: (task) =>
      new Promise((resolve) => {
        ends.set(task.id, () => {
          tell(`${task.id} ends`)
          resolve()
        })
        tell(`${task.id} begins`)
      }),
  })
  /** Resolves when the line is written the next time. */
  const next = (line: string) => new Promise<void>((resolve) => heard.set(line, resolve))
  const end = (id: string) => ends.get(id)?.()
  return { observer, log, next, end }
}

test('a slow check holds no other up', async () => {
  const { observer, log, next, end } = observe([{ id: 'slow' }, { id: 'quick' }])
  let begun = Promise.all([next('slow begins'), next('quick begins')])
  observer.look()
  await begun
  begun = Promise.all([next('quick begins'), Promise.resolve()])
  end('quick')
  observer.look()
  await begun
  expect(log).toEqual(['slow begins', 'quick begins', 'quick ends', 'quick begins'])
  end('slow')
  end('quick')
})

test('wishes during a look become one further look', async () => {
  const { observer, log, next, end } = observe([{ id: 'a' }])
  let begun = next('a begins')
  observer.look()
  await begun
  begun = next('a begins')
  for (let i = 0; i < 5; i++) observer.look()
  end('a')
  await begun
  end('a')
  await observer.pause()
  expect(log).toEqual(['a begins', 'a ends', 'a begins', 'a ends'])
})

test('a task is looked at behind those that it comes after', async () => {
  const { observer, log, next, end } = observe([{ id: 'first' }, { id: 'then', after: ['first'] }, { id: 'other' }])
  const first = Promise.all([next('first begins'), next('other begins')])
  observer.look()
  await first
  expect(log).not.toContain('then begins')
  const then = next('then begins')
  end('first')
  await then
  expect(log).toEqual(['first begins', 'other begins', 'first ends', 'then begins'])
  end('then')
  end('other')
})

test('looks again only at what waits for a task', async () => {
  const { observer, log, next, end } = observe([{ id: 'first' }, { id: 'then', after: ['first'] }])
  const then = next('then begins')
  observer.look('first')
  await then
  expect(log).toEqual(['then begins'])
  end('then')
})

test('paused, nothing begins, and what runs is waited for', async () => {
  const { observer, log, next, end } = observe([{ id: 'a' }])
  let begun = next('a begins')
  observer.look()
  await begun
  observer.look()
  const paused = observer.pause()
  end('a')
  await paused
  observer.look()
  expect(log).toEqual(['a begins', 'a ends'])
  observer.resume()
  begun = next('a begins')
  observer.look()
  await begun
  end('a')
  await observer.stop()
  observer.look()
  expect(log.filter((line) => line === 'a begins')).toHaveLength(2)
})
