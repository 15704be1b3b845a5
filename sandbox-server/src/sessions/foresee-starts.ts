/**
 * When those who wait start at the latest: one pure function. It counts on the deadlines of what runs alone, which nobody may move while
 * somebody waits, so what was once said only ever comes earlier.
 */

/** Milliseconds from a deadline until the next lab is up: the look at what is over, an end with its work kept, a cold start. */
const change = 45_000
/** Milliseconds that one start takes when many begin together. */
const start = 10_000

export interface Situation {
  /** Places that nobody has. */
  free: number
  /** Nodes that the host can carry besides those that run. */
  room: number
  /** `since`: when it got its place. All times are epoch ms. */
  taken: readonly { nodes: number; endsBy: number | null; since: number }[]
  /** Nodes of each that waits, the next one first. */
  waiting: readonly number[]
  session_ms: number
  /** Starts at the same time. */
  starts: number
  now: number
}

/** Epoch ms for each that waits; null from where nothing is known to end. */
export function foreseeStarts(situation: Situation): (number | null)[] {
  const { session_ms, starts, now } = situation
  let { free, room } = situation
  const running = situation.taken
    .map((each) => ({ at: each.endsBy ?? each.since + session_ms + change, nodes: each.nodes }))
    .toSorted((a, b) => a.at - b.at)
  /** Those who get a place now, in the order in which they end. */
  const coming: typeof running = []
  const takeNext = () => {
    const [first, second] = [running[0], coming[0]]
    return second && (!first || second.at < first.at) ? coming.shift() : running.shift()
  }
  let time = now
  return situation.waiting.map((nodes, i) => {
    while (free <= 0 || room < nodes) {
      const next = takeNext()
      if (!next) return null
      free++
      room += next.nodes
      time = Math.max(time, next.at)
    }
    free--
    room -= nodes
    const latest = time + change + Math.floor(i / starts) * start
    coming.push({ at: latest + session_ms, nodes })
    return latest
  })
}
