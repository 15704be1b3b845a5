/** A clock that is set while interviews run neither ends them nor gives them time: they keep what they had left. */
import type { InterviewRecord, InterviewStore, LiveRun } from '../database/interview-store.ts'
import { ClockWatch } from '../sessions/clock-watch.ts'

export interface TimeKeeperOptions {
  store: Pick<InterviewStore, 'running' | 'shift'>
  now: () => number
  /** Milliseconds of a clock that nobody can set. */
  steady: () => number
  /** Tasks of a live question that count as done in time, as it stands. */
  passedInTime: (record: InterviewRecord) => Promise<string[]>
}

/** Milliseconds that a question may seem to have been asked in the future. */
const drift = 20_000

export function createTimeKeeper({ store, now, steady, passedInTime }: TimeKeeperOptions) {
  const watch = new ClockWatch(now, steady)
  let owed = 0
  let settled = Promise.resolve()

  async function move(all: readonly { learner: string; record: InterviewRecord }[], ms: number): Promise<void> {
    const moved = all.map(async ({ learner, record }) => ({
      ...{ learner, id: record.id },
      live: await moveLive(record, ms),
    }))
    await store.shift(await Promise.all(moved), ms)
  }

  async function moveLive(record: InterviewRecord, ms: number): Promise<LiveRun | null> {
    const { live } = record
    if (!live) return null
    // Passes are noted by the clock, which does not say any more whether they were in time.
    const before = { passed: await passedInTime(record), until: now() }
    return { ...live, began_at: live.began_at + ms, ends_at: live.ends_at + ms, before }
  }

  return {
    /** To be awaited before an interview is read: moves all of them along when the clock was set. */
    look(): Promise<void> {
      owed += watch.look()
      if (owed === 0) return settled
      const ms = owed
      owed = 0
      // Whoever asks meanwhile waits: they would see times of the clock that was.
      settled = settled
        .catch(() => undefined)
        .then(async () => await move(await store.running(), ms))
        .catch((error: unknown) => {
          owed += ms
          throw error
        })
      return settled
    },
    /** Of one whose question was asked in what is now the future: the clock was set back while this server was away. Answers whether it was moved. */
    async settle(learner: string, record: InterviewRecord): Promise<boolean> {
      const ms = now() - record.shown_at
      if (ms >= -drift) return false
      await move([{ learner, record }], ms)
      return true
    },
  }
}
