/** A plan while it is being made, and how one begins. */
import type { PlanWorkshop, WorkshopView } from '@drydock/sandbox-server/contract'
import { toField } from '../workshop/zoned-time.ts'

const hour = 3_600_000

/** Its beginning is what its zone's clocks show. */
export type PlanDraft = Omit<PlanWorkshop, 'starts_at'> & { starts: string }

/** `before`: the workshop that is changed, if one is. */
export function beginPlan(before: WorkshopView | null, ownZone: string): PlanDraft {
  const at = before?.starts_at ?? Math.ceil(Date.now() / hour) * hour
  const zone = before?.zone ?? ownZone
  return {
    ...{ title: before?.title ?? '', labs: before?.labs ?? [], zone, starts: toField(at, zone) },
    ...{ minutes: before?.minutes ?? 180, size: before?.size ?? 20, door: before?.door ?? 'open' },
    ...{ hints_open: before?.hints_open ?? true, solutions_open: before?.solutions_open ?? false },
    continue_days: before?.continue_days ?? 7,
  }
}
