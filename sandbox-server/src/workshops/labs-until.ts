/** Until when the labs of a class last: as long as the class does, with its pauses; pure. */
import type { WorkshopRecord } from '../database/workshop-store.ts'

/** A pause that lasts is counted in steps, so that not every look moves the end of every lab. */
const step = 5 * 60_000

export function labsUntil({ ends_at, pauses }: Pick<WorkshopRecord, 'ends_at' | 'pauses'>, now: number): number {
  const begun = pauses.find(([, until]) => until === null)?.[0]
  const paused = begun === undefined ? 0 : Math.ceil((now - begun) / step) * step
  return (ends_at ?? 0) + paused
}
