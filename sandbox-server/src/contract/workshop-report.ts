/**
 * What is left of a workshop when it is over, until it is removed; and whether it will hold, before it begins.
 *
 *     GET  /api/workshops/:id/report       → workshopReport
 *     GET  /api/workshops/:id/report.csv   a row for each learner and task, UTF-8 with a byte order mark
 *     POST /api/workshops/:id/rehearsal    → rehearsal; begins one, or tells of the one that runs. DELETE ends it.
 *     GET  /api/workshops/:id/rehearsal    → rehearsal; 204 when there was none since the server started
 */
import { z } from 'zod'
import { labId } from '@drydock/kit/schema'
import { programItem, workshopSummary } from './workshops.ts'

/** `ms`: from when the one before was done; null while it is not done, or was done for the learner. */
export const reportCell = z.object({
  lab: labId,
  task: z.string(),
  done_at: z.number().nullable(),
  shown: z.boolean(),
  ms: z.number().nullable(),
  tries: z.int(),
  hints: z.int(),
  /** Why they were stuck in it at some time; null when they were not. */
  stuck: z.string().nullable(),
})
export const workshopReport = z.object({
  workshop: workshopSummary,
  program: z.array(programItem),
  /** `tasks`: those of labs that were begun. `helps`: how often an instructor helped them. */
  learners: z.array(
    z.object({
      name: z.string(),
      joined_at: z.number(),
      done: z.int(),
      of: z.int(),
      helps: z.int(),
      tasks: z.array(reportCell),
    }),
  ),
  /** By task, in the order of the plan. */
  tasks: z.array(
    z.object({
      ...{ lab: labId, task: z.string(), goal: z.string() },
      /** Learners who began it, did it themselves, had it done for them, were stuck in it. */
      ...{ begun: z.int(), done: z.int(), shown: z.int(), stuck: z.int() },
      median_ms: z.number().nullable(),
      tries: z.int(),
      hints: z.int(),
    }),
  ),
})
export type WorkshopReport = z.infer<typeof workshopReport>

export const rehearsal = z.object({
  /** `clearing`: it has said what it found, and removes its labs. `done`, `stopped`: the machine is as free as before. */
  state: z.enum(['running', 'clearing', 'done', 'stopped']),
  began_at: z.number(),
  /** Labs that are wanted, that were started and answered, and that could not be. */
  wanted: z.int(),
  started: z.int(),
  failed: z.int(),
  /** The plan's lab with the most machines, which was started. */
  lab: labId,
  /** From the beginning until half of the class had its prompt, and until all had. */
  half_ms: z.number().nullable(),
  all_ms: z.number().nullable(),
  /** Of one start by itself. */
  start_p95_ms: z.number().nullable(),
  /** A command in every lab at once. */
  command_p95_ms: z.number().nullable(),
  /** Bytes that all of them took, and labs for which the host had room besides. */
  memory: z.number().nullable(),
  room: z.int().nullable(),
  /** Null while it runs. */
  holds: z.boolean().nullable(),
  bottleneck: z.enum(['places', 'host', 'starts', 'processor', 'none']).nullable(),
  /** The same in a sentence or two, with what to do. */
  says: z.string().nullable(),
})
export type Rehearsal = z.infer<typeof rehearsal>
