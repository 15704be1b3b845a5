/** What the browser may know of a lab: no hint, solution or check is in here. */
import { z } from 'zod'
import { checkKind, labId, labKind, taskType } from '@drydock/kit/schema'

export const taskView = z.object({
  id: z.string(),
  goal: z.string(),
  type: taskType,
  check: checkKind,
  acts: z.string().optional(),
  after: z.array(z.string()),
  hints: z.int(),
})
export const labView = z.object({
  id: labId,
  title: z.string(),
  summary: z.string(),
  kind: labKind,
  minutes: z.int(),
  nodes: z.int(),
  folder: z.string(),
  /** Of an incident: the message that wakes one up, and the minutes on the clock. */
  pager: z.string().optional(),
  clock_minutes: z.int().optional(),
  tasks: z.array(taskView),
  /** `ready`, or why it cannot start now: its images are still being built, or this host cannot run it. */
  available: z.discriminatedUnion('state', [
    z.object({ state: z.literal('ready') }),
    z.object({ state: z.literal('building'), reason: z.string() }),
    z.object({ state: z.literal('unsupported'), reason: z.string() }),
  ]),
  /** What was kept of an earlier session of this learner, if anything. */
  kept: z.object({ at: z.number(), bytes: z.int(), tasks: z.array(z.string()) }).nullable(),
})
export type TaskView = z.infer<typeof taskView>
export type LabView = z.infer<typeof labView>

/** Per lab: the tasks that this learner has passed at any time (task id to epoch ms of the first pass). */
export const progressView = z.object({
  labs: z.record(z.string(), z.object({ passed: z.record(z.string(), z.number()), tries: z.int(), hints: z.int() })),
  /** The lesson this learner was last seen working in, to offer "continue". */
  last: z.object({ lab: z.string(), at: z.number() }).nullable(),
})
export type ProgressView = z.infer<typeof progressView>
