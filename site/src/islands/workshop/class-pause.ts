/** Whether the class that this page belongs to pauses, and who said so: set by the class bar, read wherever a clock stands still. */
import type { LogEntry } from '@drydock/sandbox-server/contract'
import { signal } from '@preact/signals'

/** `by`: null when the log does not tell any more. */
export const pause = signal<{ by: string | null } | null>(null)

export const describePause = ({ by }: { by: string | null }): string => (by === null ? 'A pause' : `Paused by ${by}`)

/** Who paused it last, as the log tells. */
export const whoPaused = (log: readonly LogEntry[]): string | null =>
  log.findLast(({ what }) => what.kind === 'state' && what.to === 'paused')?.by ?? null
