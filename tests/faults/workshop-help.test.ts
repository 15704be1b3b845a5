/** Help in a workshop on the real engine: a file handed over, a learner caught up with their files beside, the server killed while it runs, and a rehearsal. */
import { expect, test } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import {
  logEntry,
  memberView,
  rehearsal,
  wallEvent,
  workshopView,
  type WallLearner,
} from '@drydock/sandbox-server/contract'
import type { Learner } from '../harness/learner.ts'
import { startPlatform, type Platform } from '../harness/platform.ts'

const lab = 'architecture/first-commands'

/** Looks again until it is so: what is asked for has no event over HTTP. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 100_000; ;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`not in time: ${look.toString()}`)
    await delay(100)
  }
}

async function openWorkshop(platform: Platform, size: number) {
  const instructor = platform.learner()
  const key = (await platform.instructorLink()).replace(/^.*=/, '')
  expect((await instructor.request('POST', '/api/teach', { key, name: 'Ines' })).status).toBe(200)
  const wish = { title: 'First commands', labs: [lab], starts_at: Date.now(), zone: 'UTC', minutes: 60, size }
  const more = { hints_open: true, solutions_open: true, continue_days: 1 }
  const answer = await instructor.request('POST', '/api/workshops', { ...wish, ...more })
  return { instructor, workshop: workshopView.parse(answer.body) }
}

async function tileOf(instructor: Learner, id: string, name: string): Promise<WallLearner> {
  const wall = wallEvent.parse((await instructor.request('GET', `/api/workshops/${id}/wall`)).body)
  const tile = wall.type === 'wall' ? wall.learners.find((each) => each.name === name) : undefined
  if (!tile) throw new Error(`${name} is not on the wall`)
  return tile
}

test('a learner is helped on a real machine, and a server that is killed loses neither the class nor their work', async () => {
  await using platform = await startPlatform({ env: { DRYDOCK_POOL_MIN: '0' } })
  const { instructor, workshop } = await openWorkshop(platform, 2)
  const at = `/api/workshops/${workshop.id}`
  await using _removed = { [Symbol.asyncDispose]: async () => void (await instructor.request('DELETE', at)) }
  const post = async (path: string, body: object) => {
    const answer = await instructor.request(`POST`, `${at}${path}`, body)
    expect([answer.status, answer.body]).toEqual([200, expect.anything()])
  }

  // Before anybody is there: does the machine hold?
  await post('/rehearsal', {})
  const rehearsed = await until(async () => {
    const known = rehearsal.parse((await instructor.request('GET', `${at}/rehearsal`)).body)
    return known.state === 'running' || known.state === 'clearing' ? undefined : known
  })
  expect(rehearsed).toMatchObject({ state: 'done', started: 2, failed: 0, holds: true, bottleneck: 'none' })
  expect(rehearsed.memory).toBeGreaterThan(20_000_000)
  expect(rehearsed.command_p95_ms).toBeGreaterThan(0)

  const ada = platform.learner()
  const joined = await ada.request('POST', '/api/join', { code: workshop.code, name: 'Ada' })
  const { me } = memberView.parse(joined.body)
  await post('/state', { to: 'running' })
  const { id: session } = await ada.start(lab)
  const terminal = await ada.terminal(session)
  await terminal.run('echo "what Ada wrote" > ~/pier/notes.txt')

  for (let i = 0; i < 2; i++) await post(`/members/${me.id}/file`, { name: 'hint.txt', text: `number ${i}\n` })
  expect(await terminal.run('cat ~/pier/hint.txt ~/pier/hint-2.txt')).toContain('number 0\nnumber 1\n')

  await post('/catch-up', { lab, task: 'serve', members: 'behind' })
  const caughtUp = await until(async () => {
    const log = logEntry.array().parse((await ada.request('GET', `${at}/log`)).body)
    return log.find(({ what }) => what.kind === 'catch-up' && what.is !== 'begun')
  })
  expect(caughtUp).toMatchObject({ by: 'Ines', what: { task: 'serve', is: 'done', kept: true } })
  await until(async () => {
    const { tasks } = await tileOf(instructor, workshop.id, 'Ada')
    return tasks[lab]?.[0] === 'shown' && tasks[lab][1] === 'shown' ? true : undefined
  })
  // The shell from before is gone with its machine.
  const fresh = await ada.terminal(session)
  expect(await fresh.run('cat ~/before-catch-up/notes.txt')).toContain('what Ada wrote\n')
  // What the solution made is really there: a container that runs.
  expect((await fresh.run('docker ps --quiet')).trim()).toMatch(/\b[0-9a-f]{12}\b/)
  await fresh.run('echo "after it" > ~/pier/later.txt')

  await platform.kill9()
  await platform.restart()
  const tile = await until(async () => {
    const now = await tileOf(instructor, workshop.id, 'Ada')
    return now.session?.state === 'ready' && now.task ? now : undefined
  })
  expect(tile).toMatchObject({ id: me.id, state: 'admitted', lab, done: 2, task: { id: 'publish', nth: 3 } })
  const again = await ada.terminal(session, { since: fresh.offset })
  expect(await again.run('cat ~/pier/later.txt')).toContain('after it\n')
  await ada.end(session)
}, 240_000)
