/** Protects: an entry that is made while a page reads the log reaches that page, once. */
import { expect, test } from 'vitest'
import type { LogEntry } from '../contract/workshop-log.ts'
import { Channel } from '../sessions/channel.ts'
import { followLog } from './follow-log.ts'
import type { RoomEvent } from './room.ts'

const entry = (n: number): LogEntry => ({ n, at: n, by: 'Ines', member: null, what: { kind: 'message', text: `${n}` } })

/** A room whose log answers when it is let, with what is in it at that moment or was when it was asked. */
function openRoom(stored: LogEntry[], read: 'early' | 'late') {
  const events = new Channel<RoomEvent>((error) => {
    throw error
  })
  const gate = Promise.withResolvers<void>()
  const log = async () => {
    const early = [...stored]
    await gate.promise
    return read === 'early' ? early : [...stored]
  }
  const make = (n: number, member: string | null = null) => {
    stored.push(entry(n))
    events.publish({ type: 'entry', entry: entry(n), member })
  }
  return { events, log, make, answer: gate.resolve }
}

test.each(['early', 'late'] as const)(
  'read %s: what was made meanwhile is told once, and then what follows',
  async (read) => {
    const room = openRoom([entry(1)], read)
    const followed = followLog(room, { most: 50 })
    const told: (number | number[])[] = []
    const begun = followed.begin(
      (before) => told.push(before.map(({ n }) => n)),
      ({ n }) => told.push(n),
    )
    room.make(2)
    room.answer()
    await begun
    room.make(3)
    followed.stop()
    room.make(4)
    expect(told).toEqual([[1, 2], 3])
  },
)

test('a learner hears what is for all and for them', async () => {
  const room = openRoom([], 'early')
  const followed = followLog(room, { member: 'ada', most: 50 })
  const told: number[] = []
  const hear = ({ n }: LogEntry) => void told.push(n)
  const begun = followed.begin((before) => before.forEach(hear), hear)
  room.make(1, 'bo')
  room.make(2, 'ada')
  room.answer()
  await begun
  room.make(3, 'bo')
  room.make(4)
  expect(told).toEqual([2, 4])
})
