/** Labs and progress as a learner sees them. */
import { z } from 'zod'
import { labView, progressView, type LabView } from '../../contract/labs.ts'
import { learnerRecord } from '../../contract/record.ts'
import type { KeptRecord } from '../../database/kept-work-store.ts'
import type { Lab } from '../../grading/lab.ts'
import { outlineLab } from '../../grading/outline-lab.ts'
import { Refusal } from '../../refusal.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const labParams = z.object({ topic: z.string().max(100), lab: z.string().max(100) })

export function registerLabRoutes(app: App, context: RouteContext): void {
  const { labs, cookies, keptWork, learners, records, now, keep_ms } = context

  app.get('/api/labs', { schema: { response: { 200: z.array(labView), ...refusals } } }, async (request, reply) => {
    const kept = await keptWork.ofLearner(cookies.welcome(request, reply))
    return await Promise.all(
      [...labs.values()].map((lab) =>
        view(
          lab,
          kept.find((k) => k.lab === lab.id),
        ),
      ),
    )
  })

  const one = { schema: { params: labParams, response: { 200: labView, ...refusals } } }
  app.get('/api/labs/:topic/:lab', one, async (request, reply) => {
    const lab = labs.get(`${request.params.topic}/${request.params.lab}`)
    if (!lab) throw new Refusal('LAB_UNKNOWN')
    return await view(lab, await keptWork.find(cookies.welcome(request, reply), lab.id))
  })

  app.get('/api/progress', { schema: { response: { 200: progressView, ...refusals } } }, async (request, reply) =>
    learners.progress(cookies.welcome(request, reply)),
  )
  const record = { schema: { response: { 200: learnerRecord, ...refusals } } }
  app.get('/api/progress/record', record, async (request, reply) => records.read(cookies.welcome(request, reply)))

  async function view(lab: Lab, kept: KeptRecord | undefined): Promise<LabView> {
    const offered = kept && kept.at >= now() - keep_ms ? { at: kept.at, bytes: kept.bytes, tasks: kept.tasks } : null
    return { ...outlineLab(lab), available: await context.availability(lab), kept: offered }
  }
}
