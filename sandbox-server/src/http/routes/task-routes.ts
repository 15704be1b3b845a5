/** Tasks of a session: ask for a check, for the next hint, for the solution. */
import { z } from 'zod'
import { hintsView, solutionView, taskState, type HintsView } from '../../contract/sessions.ts'
import { showScript } from '@drydock/kit/catalogue'
import { fillIn, type Task } from '@drydock/kit/schema'
import { findTask } from '../../grading/lab.ts'
import { Refusal } from '../../refusal.ts'
import type { LiveSession } from '../../sessions/live-session.ts'
import type { TaskWish } from '../../workshops/rules.ts'
import { refusals, type App, type RouteContext } from '../context.ts'

const params = z.object({ id: z.string().max(100), task: z.string().max(100) })

export function registerTaskRoutes(app: App, { sessions, cookies, classroom }: RouteContext): void {
  async function find(
    request: { params: z.infer<typeof params> } & Parameters<typeof cookies.require>[0],
    wish?: TaskWish,
  ) {
    const live = await sessions.find(cookies.require(request), request.params.id)
    const task = findTask(live.session.lab, request.params.task)
    if (!task) throw new Refusal('TASK_UNKNOWN')
    if (wish) classroom.rules.requireTask(live.session.learner, live.session.lab.id, task.id, wish)
    return { live, task }
  }

  const check = { schema: { params, response: { 202: taskState, ...refusals } } }
  app.post('/api/sessions/:id/tasks/:task/check', check, async (request, reply) => {
    const { live, task } = await find(request, 'check')
    return await reply.code(202).send(live.grading.check(task.id))
  })

  const hints = { schema: { params, response: { 200: hintsView, ...refusals } } }
  app.get('/api/sessions/:id/tasks/:task/hints', hints, async (request) => {
    const { live, task } = await find(request)
    return viewHints(live, task)
  })
  app.post('/api/sessions/:id/tasks/:task/hints', hints, async (request) => {
    const { live, task } = await find(request, 'hint')
    const hint = nextHint(live, task)
    if (hint !== undefined) await live.takeHint(task.id, hint)
    return viewHints(live, task)
  })

  const solution = { schema: { params, response: { 200: solutionView, ...refusals } } }
  app.get('/api/sessions/:id/tasks/:task/solution', solution, async (request) => {
    const { live, task } = await find(request, 'solution')
    const step = live.session.lab.solution.find((candidate) => candidate.task === task.id)
    if (!step) throw new Refusal('NOT_FOUND', 'This task has no step of its own in the solution.')
    await live.note('solution', task.id)
    const { values } = live.session
    return { script: showScript(step.script, values), why: fillIn(step.why, values) }
  })
}

/** The one that the last check selected, if it is not open yet; else the first that is closed. */
function nextHint({ session }: LiveSession, task: Task): string | undefined {
  const state = session.board.get(task.id)
  const closed = task.hints.map((hint) => hint.id).filter((id) => !state?.hints_taken.includes(id))
  const selected = state?.outcome?.status === 'fail' ? state.outcome.hint : undefined
  return closed.find((id) => id === selected) ?? closed[0]
}

function viewHints({ session }: LiveSession, task: Task): HintsView {
  const taken = session.board.get(task.id)?.hints_taken ?? []
  const shown = taken
    .flatMap((id) => task.hints.filter((hint) => hint.id === id))
    .map(({ id, text }) => ({ id, text: fillIn(text, session.values) }))
  return { shown, total: task.hints.length }
}
