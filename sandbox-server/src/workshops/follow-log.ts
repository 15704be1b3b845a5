/** The log of a workshop as a page follows it: what was until it came, then each entry when it is made; none is lost between the two, and none comes twice. */
import type { LogEntry } from '../contract/workshop-log.ts'
import type { Room } from './room.ts'

export interface FollowLog {
  /** Reads what was, tells it, and from then on each entry. Resolves when it was told. */
  begin(tellBefore: (entries: LogEntry[]) => void, tell: (entry: LogEntry) => void): Promise<void>
  stop(): void
}

/** Entries count from this call on. `member`: only what was for all, or for them. */
export function followLog(
  room: Pick<Room, 'events' | 'log'>,
  { member, most }: { member?: string; most: number },
): FollowLog {
  const waiting: LogEntry[] = []
  let hear = (entry: LogEntry): void => void waiting.push(entry)
  const stop = room.events.subscribe((event) => {
    if (event.type !== 'entry') return
    if (member === undefined || event.member === null || event.member === member) hear(event.entry)
  })
  return {
    stop,
    async begin(tellBefore, tell) {
      const before = await room.log({ most, ...(member !== undefined && { member }) })
      // Made while it was read: it is in what was read, or it waits here.
      const last = before.at(-1)?.n ?? 0
      tellBefore([...before, ...waiting.filter(({ n }) => n > last)])
      hear = tell
    },
  }
}
