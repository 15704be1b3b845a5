/** Workshops on one screen: what they are made of and how the parts know each other. */
import type { Quiz } from '@drydock/kit/quiz-schema'
import type { Logger } from 'pino'
import type { ClassStore } from '../database/class-store.ts'
import type { WorkshopStore } from '../database/workshop-store.ts'
import type { Lab } from '../grading/lab.ts'
import type { Runtime } from '../runtime/port.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { createAttending } from './attending.ts'
import { createCatchUpClass } from './catch-up-class.ts'
import { createClassRuns } from './class-runs.ts'
import { createDescribe, present } from './describe-workshop.ts'
import { createHelping } from './helping.ts'
import { createJoining } from './joining.ts'
import { createPlanning } from './planning.ts'
import { createQuizzesToAll } from './quiz-to-all.ts'
import { createRehearse } from './rehearse.ts'
import { decideKept } from './reserve.ts'
import type { Room } from './room.ts'
import { labsUntil } from './labs-until.ts'
import { Rooms } from './rooms.ts'
import { createReport } from './report.ts'
import { createRules } from './rules.ts'
import { createTeaching } from './teaching.ts'
import { createWall } from './wall.ts'

export interface ClassroomOptions {
  store: WorkshopStore
  classes: ClassStore
  sessions: Sessions
  labs: ReadonlyMap<string, Lab>
  /** By the id of their lesson. */
  quizzes: ReadonlyMap<string, Quiz>
  /** Accounts at the provider whose owners teach. */
  subjects: readonly string[]
  publicUrl: string
  runtime: Runtime
  engine: { readonly up: boolean }
  /** Labs that run at the same time, and that are started at the same time. */
  places: number
  starts: number
  steady: () => number
  logger: Logger
  now: () => number
  tick_ms: number
}

export type Classroom = ReturnType<typeof createClassroom>

export function createClassroom(options: ClassroomOptions) {
  const { store, classes, sessions, labs, quizzes, subjects, publicUrl, logger, now } = options
  const rooms = new Rooms({ store, classes, subjects, logger, now })
  const runs = createClassRuns(classes, sessions, now)
  const planning = createPlanning({ rooms, labs, lessons: quizzes, now })
  let kept = decideKept({ rooms: [], labs, places: 0, works: () => false, now: 0 })
  const reserved = (room: Room) => kept.places.get(room) ?? { places: 0, of: room.record.size }
  const describe = createDescribe({ rooms, labs, publicUrl, reserved, now })
  const joining = createJoining({ rooms, classes, now })
  let timer: NodeJS.Timeout | undefined
  let ticking: Promise<void> = Promise.resolve()

  /** What is over ends, and labs of a class that runs last as long as it does. */
  async function tick(): Promise<void> {
    await planning.tick()
    const works = (room: Room, learner: string) => runs.live(room).has(learner)
    kept = decideKept({ rooms: rooms.all(), labs, places: options.places, works, now: now() })
    sessions.queue.reserve(kept.reservations)
    sessions.expect(kept.expected)
    for (const room of rooms.all()) {
      if (!room.runs) continue
      const live = runs.live(room)
      for (const member of present(room)) {
        const one = live.get(member.learner)
        if (one && member.state === 'admitted') await sessions.keep(one, labsUntil(room.record, now()))
      }
    }
  }

  const { runtime, engine, places, starts, steady } = options
  const rehearse = createRehearse({
    rooms,
    labs,
    runs,
    runtime,
    engine,
    queue: sessions.queue,
    places,
    starts,
    logger,
    steady,
    now,
  })

  return {
    rooms,
    runs,
    rehearse,
    planning,
    joining,
    teaching: createTeaching({ rooms, store, publicUrl, now }),
    helping: createHelping({ labs, runs, joining, now }),
    attending: createAttending(rooms, now),
    quizToAll: createQuizzesToAll({ quizzes, classes, now }),
    catchUp: createCatchUpClass({ labs, sessions, runs, starts, logger }),
    rules: createRules(rooms),
    wall: createWall({ rooms, labs, runs, now }),
    describe,
    report: createReport({ labs, classes, runs, describe, now }),

    /** What an operator has to know of those that run, or for which places are kept. */
    holding: () =>
      rooms
        .all()
        .filter((room) => room.runs || kept.places.has(room))
        .map((room) => {
          const { id, title, state, starts_at, began_at, paused_at, learners } = describe.summary(room)
          return { id, title, state, starts_at, began_at, paused_at, learners, ...reserved(room) }
        }),

    async open(): Promise<void> {
      await rooms.open()
      await tick()
      timer = setInterval(() => {
        ticking = ticking
          .then(tick)
          .catch((err: unknown) => logger.error({ err }, 'workshops could not be looked after'))
      }, options.tick_ms)
      timer.unref()
    },
    /** Learners were joined, or one has left for good. */
    reload: () => rooms.reload(),
    async close(): Promise<void> {
      clearInterval(timer)
      await ticking
      await rehearse.close()
    },
  }
}
