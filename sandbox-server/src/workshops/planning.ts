/** A workshop from its plan to its end: planned, changed, begun, paused, prolonged, over, removed. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { changeWorkshop, moveWorkshop, planWorkshop } from '../contract/workshops.ts'
import type { WorkshopRecord } from '../database/workshop-store.ts'
import type { Lab } from '../grading/lab.ts'
import { Refusal } from '../refusal.ts'
import { present, removedAt } from './describe-workshop.ts'
import { createJoinCode } from './join-code.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

const minute = 60_000
const day = 86_400_000
/** The doors open by themselves so long before it is meant to begin. */
const doorsBefore = 30 * minute
/** Workshops that one instructor may have at a time. */
const most = 50

export type Plan = z.infer<typeof planWorkshop>

export interface PlanningOptions {
  rooms: Rooms
  labs: ReadonlyMap<string, Lab>
  /** Lessons that have no lab are known by their questions. */
  lessons: ReadonlyMap<string, unknown>
  now: () => number
}

export function createPlanning({ rooms, labs, lessons, now }: PlanningOptions) {
  function requireKnown(ids: readonly string[]): void {
    const unknown = ids.find((id) => !labs.has(id) && !lessons.has(id))
    if (unknown !== undefined) throw new Refusal('LAB_UNKNOWN', `There is no lesson or lab named ${unknown} here.`)
  }

  /** Until a day after it is meant to be over. */
  const codeFor = ({ starts_at, minutes }: Pick<Plan, 'starts_at' | 'minutes'>) => {
    let code = createJoinCode()
    while (rooms.all().some(({ record }) => record.code === code)) code = createJoinCode()
    return { code, code_expires_at: Math.max(starts_at, now()) + minutes * minute + day }
  }

  /** Those who wait are let in, as many as there is room for, who came first first. */
  async function admitWaiting(room: Room): Promise<void> {
    const { size, door } = room.record
    if (door !== 'open' || !room.runs) return
    let admitted = present(room).filter(({ state }) => state === 'admitted').length
    for (const member of present(room)) {
      if (member.state !== 'waiting' || admitted >= size) continue
      admitted++
      await room.changeMember(member, { state: 'admitted' })
    }
  }

  const closePause = ({ record }: Room) => {
    const open = record.pauses.find(([, until]) => until === null)
    if (!open) return {}
    const pauses = record.pauses.map((each): [number, number | null] => (each === open ? [open[0], now()] : each))
    return { pauses, ends_at: record.ends_at === null ? null : record.ends_at + now() - open[0] }
  }

  async function move(room: Room, to: z.infer<typeof moveWorkshop>['to'], by: string): Promise<void> {
    const { state, minutes, pauses } = room.record
    if (state === to) return
    if (state === 'ended') throw new Refusal('WORKSHOP_OVER')
    if (to === 'waiting' && state !== 'planned')
      throw new Refusal('FORBIDDEN', 'This workshop has begun already: pause it instead.')
    if (to === 'paused' && state !== 'running')
      throw new Refusal('FORBIDDEN', 'Only a workshop that runs can be paused. Start it first.')
    if (to === 'waiting') await room.change({ state: 'waiting' })
    else if (to === 'paused') await room.change({ state: 'paused', pauses: [...pauses, [now(), null]] })
    else if (to === 'ended') await room.change({ ...closePause(room), state: 'ended', ended_at: now(), follow: null })
    else if (state === 'paused') await room.change({ ...closePause(room), state: 'running' })
    else await room.change({ state: 'running', began_at: now(), ends_at: now() + minutes * minute })
    await room.note(by, null, { kind: 'state', to })
    if (to === 'running') await admitWaiting(room)
    if (to === 'ended') for (const look of room.looks) look.end()
  }

  return {
    move: (room: Room, to: z.infer<typeof moveWorkshop>['to'], by: string) => room.inTurn(() => move(room, to, by)),
    admitWaiting: (room: Room) => room.inTurn(() => admitWaiting(room)),

    async plan(learner: string, plan: Plan): Promise<Room> {
      if (!(await rooms.isInstructor(learner))) throw new Refusal('NOT_INSTRUCTOR')
      requireKnown(plan.labs)
      if (plan.starts_at < now() - day)
        throw new Refusal('BAD_REQUEST', 'A workshop begins now or later, not in the past.', {
          in: 'body',
          field: 'starts_at',
        })
      const own = rooms.all().filter(({ record }) => record.learner === learner && record.state !== 'ended')
      if (own.length >= most)
        throw new Refusal('TOO_MANY', `You have planned ${most} workshops already. Remove one first.`)
      const record: WorkshopRecord = {
        ...plan,
        ...{ id: randomBytes(8).toString('hex'), learner, state: 'planned', ...codeFor(plan), created_at: now() },
        ...{ began_at: null, ends_at: null, ended_at: null, pauses: [], follow: null, locks: [], quiz: null },
      }
      return await rooms.create(record)
    },

    async change(room: Room, given: z.infer<typeof changeWorkshop>, by: string): Promise<void> {
      await room.inTurn(async () => {
        const { record } = room
        if (record.state === 'ended') throw new Refusal('WORKSHOP_OVER')
        if (given.labs) requireKnown(given.labs)
        const change: Partial<WorkshopRecord> = Object.fromEntries(
          Object.entries(given).filter(([, value]) => value !== undefined),
        )
        if (given.minutes !== undefined && record.ends_at !== null)
          change.ends_at = record.ends_at + (given.minutes - record.minutes) * minute
        await room.change(change)
        const { hints_open, solutions_open } = room.record
        if (room.runs && (given.hints_open !== undefined || given.solutions_open !== undefined))
          await room.note(by, null, { kind: 'open', hints: hints_open, solutions: solutions_open })
        await admitWaiting(room)
      })
    },

    async extend(room: Room, minutes: number, by: string): Promise<void> {
      await room.inTurn(async () => {
        const { state, ends_at } = room.record
        if (state === 'ended') throw new Refusal('WORKSHOP_OVER')
        if (ends_at === null) await room.change({ minutes: Math.min(1440, room.record.minutes + minutes) })
        else await room.change({ ends_at: ends_at + minutes * minute })
        await room.note(by, null, { kind: 'extend', minutes })
      })
    },

    newCode: (room: Room) =>
      room.inTurn(async () => {
        if (room.record.state === 'ended') throw new Refusal('WORKSHOP_OVER')
        await room.change(codeFor(room.record))
      }),

    /** Opens doors, ends and removes what its time has come for. */
    async tick(): Promise<void> {
      for (const room of rooms.all()) {
        const { state, starts_at, minutes, ends_at } = room.record
        const over = removedAt(room)
        if (over !== null && now() >= over) await rooms.remove(room)
        else if (state === 'planned' && now() >= starts_at - doorsBefore && now() < starts_at + minutes * minute)
          await room.inTurn(() =>
            room.record.state === 'planned' ? move(room, 'waiting', 'Drydock') : Promise.resolve(),
          )
        else if (state === 'running' && ends_at !== null && now() >= ends_at)
          await room.inTurn(() =>
            room.record.state === 'running' && now() >= (room.record.ends_at ?? Infinity)
              ? move(room, 'ended', 'Drydock')
              : Promise.resolve(),
          )
      }
    },
  }
}
