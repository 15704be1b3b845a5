/** The instructor of a simulated class: plans it, leads it, has the wall open all the time, and answers each hand with a hint. */
import { setTimeout as delay } from 'node:timers/promises'
import {
  wallEvent,
  workshopReport,
  workshopView,
  type WallLearner,
  type WorkshopReport,
  type WorkshopView,
} from '@drydock/sandbox-server/contract'
import { openSocket } from '../../harness/open-socket.ts'
import type { Platform } from '../../harness/platform.ts'
import { ask } from './ask.ts'

export interface Seen {
  /** By performance.now(). */
  at: number
  /** Grows when the wall had to be opened again. */
  opened: number
}

export type Instructor = Awaited<ReturnType<typeof openInstructor>>

export async function openInstructor(platform: Platform, lab: string, size: number) {
  const who = platform.learner()
  await who.request('GET', '/api/teach')
  const key = (await platform.instructorLink()).replace(/^.*#key=/, '')
  await ask(who, 'POST', '/api/teach', { key, name: 'Ines' })
  const plan = {
    ...{ title: 'One afternoon', labs: [lab], starts_at: Date.now() + 60_000, zone: 'UTC', minutes: 180, size },
    ...{ hints_open: true, solutions_open: false, door: 'open', continue_days: 1 },
  }
  const workshop = workshopView.parse(await ask(who, 'POST', '/api/workshops', plan))
  const address = `/api/workshops/${workshop.id}`
  const tasks = workshop.program[0]?.tasks.map(({ id }) => id) ?? []

  const tiles = new Map<string, WallLearner>()
  const answering = new Set<string>()
  const waiting = new Set<() => void>()
  let opened = 0
  let over = false
  let socket = await openWall()

  function openWall() {
    return openSocket(who, `${address}/wall/live`, (opening) => {
      opening.on('message', (data: Buffer) => {
        const event = wallEvent.parse(JSON.parse(data.toString()))
        if (event.type !== 'wall' && event.type !== 'learners') return
        for (const tile of event.learners) {
          tiles.set(tile.id, tile)
          if (tile.hand_at !== null) void answer(tile.id)
        }
        for (const look of waiting) look()
      })
      // One that never opened is tried again below.
      opening.on('open', () => opening.on('close', () => void (over || reopen())))
    })
  }

  async function reopen(): Promise<void> {
    opened++
    for (;;) {
      await delay(200)
      try {
        socket = await openWall()
        return
      } catch (error) {
        if (over) return
        if (!/refused|ECONN|socket hang up/.test(String(error))) throw error
      }
    }
  }

  /** Lowers the hand too. */
  async function answer(member: string): Promise<void> {
    if (answering.has(member)) return
    answering.add(member)
    try {
      await ask(who, 'POST', `${address}/members/${member}/hint`, { text: 'Read the message once more, slowly.' })
    } finally {
      answering.delete(member)
    }
  }

  return {
    workshop,
    get opened() {
      return opened
    },
    /** When the tile of this learner first is so. */
    sees: (member: string, wanted: (tile: WallLearner) => boolean, timeout_ms = 90_000): Promise<Seen> =>
      new Promise((resolve, reject) => {
        const look = () => {
          const tile = tiles.get(member)
          if (!tile || !wanted(tile)) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve({ at: performance.now(), opened })
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`the wall did not show it: ${JSON.stringify(tiles.get(member))}`))
        }, timeout_ms)
        waiting.add(look)
        look()
      }),
    isDone: (tile: WallLearner, task: string) => tile.tasks[lab]?.[tasks.indexOf(task)] === 'done',
    move: (to: 'waiting' | 'running' | 'ended') => ask<WorkshopView>(who, 'POST', `${address}/state`, { to }),
    async report(): Promise<WorkshopReport> {
      return workshopReport.parse(await ask(who, 'GET', `${address}/report`))
    },
    /** Nothing of it stays on this instance. */
    async remove(): Promise<void> {
      over = true
      socket.terminate()
      await ask(who, 'DELETE', address)
    },
  }
}
