/** A rehearsal: the real number of labs is started as on the day, measured, and removed again, within two minutes and a bit. */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Rehearsal } from '../contract/workshop-report.ts'
import type { Lab } from '../grading/lab.ts'
import { Refusal } from '../refusal.ts'
import type { Runtime, RuntimeNode, SessionSpec } from '../runtime/port.ts'
import type { StartQueue, Ticket } from '../sessions/start-queue.ts'
import type { ClassRuns } from './class-runs.ts'
import { bearable, judgeRehearsal, type Measured } from './judge-rehearsal.ts'
import { rehearsalLearner } from './reserve.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** Milliseconds for the command that runs in all labs at once. */
const commandWithin = 30_000
/** Milliseconds between two looks whether somebody else waits for a place. */
const lookEvery = 250

export interface RehearseOptions {
  rooms: Rooms
  labs: ReadonlyMap<string, Lab>
  runs: ClassRuns
  runtime: Runtime
  engine: { readonly up: boolean }
  queue: StartQueue
  /** Labs that run at a time, and starts at a time. */
  places: number
  starts: number
  logger: Logger
  /** Milliseconds of a clock that nobody can set. */
  steady: () => number
  now: () => number
}

interface Started {
  session: string
  nodes: RuntimeNode[]
  ticket: Ticket
}

export function createRehearse(options: RehearseOptions) {
  const { rooms, labs, runs, runtime, engine, queue, places, starts, logger, steady, now } = options
  const told = new WeakMap<Room, Rehearsal>()
  let running: { room: Room; abort: AbortController; over: Promise<void> } | undefined

  function largest(room: Room): Lab {
    const own = room.record.labs.flatMap((id) => labs.get(id) ?? [])
    const [lab] = own.toSorted((a, b) => b.manifest.nodes - a.manifest.nodes)
    if (!lab) throw new Refusal('LAB_UNKNOWN', 'This workshop has no lab, so there is nothing to rehearse.')
    const tooLarge = runtime.tooLarge(lab.manifest)
    if (tooLarge !== null) throw new Refusal('LAB_UNSUPPORTED', tooLarge)
    return lab
  }

  function begin(room: Room): Rehearsal {
    if (running?.room === room) return told.get(room)!
    if (running)
      throw new Refusal('TOO_MANY', 'Another workshop is rehearsed on this server. Try again in three minutes.')
    if (rooms.all().some((each) => each.runs && runs.live(each).size > 0))
      throw new Refusal(
        'FORBIDDEN',
        'A class works on this server, and a rehearsal would disturb it. Rehearse before or after.',
      )
    if (!engine.up) throw new Refusal('ENGINE_UNAVAILABLE')
    const lab = largest(room)
    const abort = new AbortController()
    const first: Rehearsal = {
      ...{ state: 'running', began_at: now(), wanted: room.record.size, started: 0, failed: 0, lab: lab.id },
      ...{ half_ms: null, all_ms: null, start_p95_ms: null, command_p95_ms: null, memory: null, room: null },
      ...{ holds: null, bottleneck: null, says: null },
    }
    told.set(room, first)
    const over = run(room, lab, abort)
      .catch((err: unknown) => {
        logger.error({ err, workshop: room.id }, 'rehearsal failed')
        return stopped("The rehearsal broke off. The server's log says why.")
      })
      .then((last) => {
        running = undefined
        tell(room, last)
      })
    running = { room, abort, over }
    return first
  }

  const tell = (room: Room, change: Partial<Rehearsal>) => void told.set(room, { ...told.get(room)!, ...change })

  /** Says what it has found before it clears up, and answers the same when the machine is as free as before. */
  async function run(room: Room, lab: Lab, abort: AbortController): Promise<Partial<Rehearsal>> {
    const all: Started[] = []
    const measured = measure(room, lab, abort, all)
    await measured.then(
      (found) => tell(room, { ...found, state: 'clearing' }),
      () => undefined,
    )
    const left = await removeAll(all)
    const found = await measured
    const rest = `${left} of its labs could not be removed; the server's log says why.`
    return left === 0 ? found : { ...found, says: `${found.says} ${rest}` }
  }

  /** `all`: takes what was started. */
  async function measure(
    room: Room,
    lab: Lab,
    abort: AbortController,
    all: Started[],
  ): Promise<Partial<Rehearsal> & { says: string }> {
    const wanted = room.record.size
    const taken = places - queue.leftFor(rehearsalLearner(room, 0)).places
    const time = AbortSignal.timeout(bearable.start)
    const signal = AbortSignal.any([abort.signal, time])
    const times: number[] = []
    const began = steady()
    let next = 0
    let failed = 0
    let crowded = false
    let short: Measured['short'] = null
    // Whoever waits in the queue is somebody real: ours enter only while there is a place.
    const look = setInterval(() => {
      if (queue.waiting === 0 || crowded) return
      crowded = true
      abort.abort()
    }, lookEvery)
    const { nodes } = lab.manifest
    const work = async () => {
      while (next < wanted && !signal.aborted) {
        const left = queue.leftFor(rehearsalLearner(room, next))
        if (left.places <= 0 || left.room < nodes) {
          short ??= left.places <= 0 ? 'places' : 'host'
          return
        }
        const i = next++
        const from = steady()
        const started = await startOne(lab, rehearsalLearner(room, i), signal).catch((err: unknown) => {
          if (!signal.aborted) logger.warn({ err, workshop: room.id }, 'a lab of a rehearsal did not start')
          return null
        })
        if (!started) {
          if (!signal.aborted) failed++
          continue
        }
        all.push(started)
        times.push(steady() - from)
        const ms = Math.round(steady() - began)
        const half = all.length === Math.ceil(wanted / 2) ? { half_ms: ms } : {}
        tell(room, { started: all.length, failed, ...half, ...(all.length === wanted ? { all_ms: ms } : {}) })
      }
    }
    try {
      await Promise.all(Array.from({ length: Math.min(starts, wanted) }, work))
      if (abort.signal.aborted) {
        return stopped(
          crowded
            ? 'Learners came who wait for a place, so the rehearsal has made room for them. Try again when the server is quiet.'
            : 'The rehearsal was ended before it could say anything.',
        )
      }
      const command_p95_ms = percentile(await Promise.all(all.map((each) => commandTime(each.nodes))))
      const usages = await Promise.all(all.map(({ session }) => runtime.usage(session).catch(() => null)))
      const free = await runtime.room()
      const start_p95_ms = percentile(times)
      const { all_ms } = told.get(room)!
      const measured = { wanted, started: all.length, failed, places, taken, short, nodes, room: free, all_ms, starts }
      return {
        ...{ state: 'done', command_p95_ms, start_p95_ms, failed, room: Math.max(0, Math.floor(free / nodes)) },
        memory: usages.reduce((sum, usage) => sum + (usage?.memory ?? 0), 0),
        ...judgeRehearsal({ ...measured, start_p95_ms, command_p95_ms, late: time.aborted }),
      }
    } finally {
      clearInterval(look)
    }
  }

  /** Answers how many are still there. */
  async function removeAll(all: readonly Started[]): Promise<number> {
    const removed = all.map(async ({ session, ticket }) => {
      try {
        await runtime.remove(session)
        return 0
      } catch (err) {
        logger.error({ err, session }, 'a lab of a rehearsal was not removed')
        return 1
      } finally {
        ticket.release()
      }
    })
    return (await Promise.all(removed)).reduce<number>((sum, each) => sum + each, 0)
  }

  async function startOne(lab: Lab, learner: string, signal: AbortSignal): Promise<Started> {
    const { nodes: count, limits, folder } = lab.manifest
    const session = randomBytes(8).toString('hex')
    const ticket = await queue.enter({ learner, nodes: count, endsBy: () => null, signal, onStanding: () => undefined })
    // Nothing of a lab that nobody sits at needs to reach the internet or a mirror.
    const spec: SessionSpec = {
      ...{ session, lab: lab.id, learner, created_at: now(), seed: 1, nodes: count, limits, network: 'none', folder },
    }
    try {
      const nodes = await runtime.start(spec, { signal, progress: () => undefined })
      if (lab.files) for (const node of nodes) await node.unpack(node.folder, lab.files)
      return { session, nodes, ticket }
    } catch (error) {
      await runtime.remove(session).catch(() => undefined)
      ticket.release()
      throw error
    } finally {
      ticket.started()
    }
  }

  async function commandTime([node]: readonly RuntimeNode[]): Promise<number> {
    const from = steady()
    await node?.exec(['docker', 'ps', '--all'], { timeout_ms: commandWithin }).catch(() => undefined)
    return steady() - from
  }

  return {
    begin,
    get: (room: Room): Rehearsal | null => told.get(room) ?? null,
    /** Resolves when nothing of it is left. */
    async stop(room: Room): Promise<void> {
      if (running?.room !== room) return
      running.abort.abort()
      await running.over
    },
    async close(): Promise<void> {
      running?.abort.abort()
      await running?.over
    },
  }
}

const stopped = (says: string) => ({ state: 'stopped', holds: null, says }) as const

/** The 95th, in whole milliseconds; null for none. */
function percentile(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const at = sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)]
  return at === undefined ? null : Math.round(at)
}
