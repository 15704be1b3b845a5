/** Mock interviews of all learners: begin, one question at a time, broken machines, and the end. What is kept is in the database alone. */
import { asQuestion, type Banked } from '@drydock/kit/quiz'
import type { LiveQuestion } from '@drydock/kit/bank-schema'
import { randomBytes, randomInt } from 'node:crypto'
import type { z } from 'zod'
import type {
  beginInterview,
  InterviewAnswer,
  InterviewList,
  InterviewReport,
  InterviewView,
} from '../contract/interviews.ts'
import type { InterviewAnswerRecord, InterviewRecord, InterviewStore, LiveAnswer } from '../database/interview-store.ts'
import type { Lab } from '../grading/lab.ts'
import { checkPoints, gradeSent } from '../quizzes/grade.ts'
import { Refusal } from '../refusal.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { chooseQuestions } from './choose-questions.ts'
import { createTimeKeeper } from './keep-time.ts'
import { listInterviews } from './list-interviews.ts'
import { reportInterview } from './report-interview.ts'
import { viewInterview } from './view-interview.ts'

export interface InterviewOptions {
  bank: ReadonlyMap<string, Banked>
  labs: ReadonlyMap<string, Lab>
  sessions: Sessions
  store: InterviewStore
  now: () => number
  /** Milliseconds of a clock that nobody can set. */
  steady: () => number
}

/** Milliseconds after the end in which an answer that was under way still counts. */
const grace = 5000

export type Interviews = ReturnType<typeof createInterviews>

export function createInterviews({ bank, labs, sessions, store, now, steady }: InterviewOptions) {
  /** Only questions that can be asked here: a lab may have gone. */
  const askable = () => new Map([...bank].filter(([, each]) => each.form !== 'live' || labs.has(each.lab)))

  /** The interview as it stands now: what is over is finished, and questions that are not in the bank any more are left out. */
  const load = async (learner: string, id: string): Promise<InterviewRecord> => {
    await time.look()
    const record = await store.find(learner, id)
    if (!record) throw new Refusal('INTERVIEW_UNKNOWN')
    if (record.finished_at !== null) return record
    if (await time.settle(learner, record)) return await load(learner, id)
    const at = now()
    const known = askable()
    if (at > record.ends_at + grace || record.turn >= record.plan.length)
      return await end(learner, record, Math.min(at, record.ends_at))
    const next = record.plan.findIndex((question, i) => i >= record.turn && known.has(question))
    if (next === record.turn) return record
    await store.advance(learner, id, record.turn, next < 0 ? record.plan.length : next, at)
    return await load(learner, id)
  }

  /** What was done on a machine until now still counts. */
  const end = async (learner: string, record: InterviewRecord, at: number): Promise<InterviewRecord> => {
    if (record.live) await store.add(learner, record.id, await judgeLive(record, `end-${record.id}`))
    await store.finish(learner, record.id, at)
    if (record.live) void sessions.end(record.live.session, 'The interview is over.')
    return { ...record, finished_at: at, live: null }
  }

  const running = (record: InterviewRecord, turn: number): Banked => {
    if (record.finished_at !== null) throw new Refusal('INTERVIEW_OVER')
    if (turn !== record.turn) throw new Refusal('ALREADY_ANSWERED')
    return bank.get(record.plan[turn]!)!
  }

  const judgeLive = async (record: InterviewRecord, id: string): Promise<InterviewAnswerRecord> => {
    const { turn, plan, live, shown_at } = record
    const at = now()
    const common = { turn, id, question: plan[turn]!, points: null, ms: Math.max(0, at - shown_at), at }
    const question = bank.get(plan[turn]!)
    if (!live || question?.form !== 'live') return { ...common, answer: null, percent: 0 }
    const tasks = tasksOf(labs.get(question.lab))
    const passed = await passedInTime(record)
    const answer: LiveAnswer = { form: 'live', seed: live.seed, passed }
    return { ...common, answer, percent: Math.round((100 * passed.length) / Math.max(1, tasks.length)) }
  }

  const passedInTime = async ({ turn, plan, live }: InterviewRecord): Promise<string[]> => {
    const question = bank.get(plan[turn]!)
    if (!live || question?.form !== 'live') return []
    const { passed = [], until = 0 } = live.before ?? {}
    const passes = await sessions.passes(live.session)
    return tasksOf(labs.get(question.lab)).filter((task) => {
      const at = passes.get(task)
      return at !== undefined && (passed.includes(task) || (at >= until && at <= live.ends_at + grace))
    })
  }
  const time = createTimeKeeper({ store, now, steady, passedInTime })

  const view = async (learner: string, record: InterviewRecord): Promise<InterviewView> => {
    const answer = (await store.answers(learner, record.id)).find(({ turn }) => turn === record.turn)
    return viewInterview({ record, bank, labs, now: now(), ...(answer ? { answer } : {}) })
  }

  return {
    list: async (learner: string): Promise<InterviewList> => {
      const open = (await store.ofLearner(learner)).filter(({ finished_at }) => finished_at === null)
      for (const { id } of open) await load(learner, id)
      const records = await store.ofLearner(learner)
      const finished = records.filter(({ finished_at }) => finished_at !== null).slice(0, 20)
      const answers = await Promise.all(finished.map(({ id }) => store.answers(learner, id)))
      return listInterviews(
        records,
        finished.map((record, i) => ({ record, answers: answers[i]! })),
        askable(),
      )
    },

    async begin(learner: string, wish: z.infer<typeof beginInterview>): Promise<InterviewView> {
      const open = (await store.ofLearner(learner)).find(({ finished_at }) => finished_at === null)
      if (open) {
        const record = await load(learner, open.id)
        if (record.finished_at === null && !wish.replace)
          throw new Refusal('INTERVIEW_RUNS', undefined, { interview: open.id })
        if (record.finished_at === null) await end(learner, record, now())
      }
      const { topics, level, minutes } = wish
      const asked = new Map<string, number>()
      for (const id of await store.asked(learner)) asked.set(id, (asked.get(id) ?? 0) + 1)
      const seed = randomInt(2 ** 31)
      const plan = chooseQuestions(askable(), wish, seed, asked)
      if (plan.length === 0)
        throw new Refusal('BAD_REQUEST', 'There is no question of this level in these topics. Choose more topics.')
      const at = now()
      const times = { began_at: at, shown_at: at, ends_at: at + minutes * 60_000, finished_at: null }
      const record = {
        id: randomBytes(8).toString('hex'),
        level,
        minutes,
        topics,
        plan,
        seed,
        turn: 0,
        ...times,
        live: null,
      }
      await store.trim(learner)
      await store.insert(learner, record)
      return await view(learner, record)
    },

    look: async (learner: string, id: string): Promise<InterviewView> => await view(learner, await load(learner, id)),

    /** The same answer sent again changes nothing; another one for a turn that is over is refused. */
    async answer(
      learner: string,
      interview: string,
      sent: { id: string; turn: number; answer: InterviewAnswer },
    ): Promise<InterviewView> {
      const record = await load(learner, interview)
      const before = (await store.answers(learner, interview)).find(({ turn }) => turn === sent.turn)
      if (before?.id === sent.id) return await view(learner, record)
      const question = running(record, sent.turn)
      if (before) throw new Refusal('ALREADY_ANSWERED')
      const entry = await entryOf(record, question, sent)
      if (!(await store.add(learner, interview, entry))) throw new Refusal('ALREADY_ANSWERED')
      // A free answer is held against its rubric first.
      if (entry.percent !== null) await goOn(learner, record)
      return await view(learner, await load(learner, interview))
    },

    /** The points of a free answer, while the interview waits for them or in its report. */
    async rate(learner: string, interview: string, turn: number, points: string[]): Promise<InterviewView> {
      const record = await load(learner, interview)
      const entry = (await store.answers(learner, interview)).find((each) => each.turn === turn)
      const question = bank.get(record.plan[turn] ?? '')
      if (question?.form !== 'free' || !entry?.answer)
        throw new Refusal('BAD_REQUEST', 'Only a free answer that was given is rated by its writer.')
      checkPoints(asQuestion(question), points)
      const percent = Math.round((100 * points.length) / Object.keys(question.rubric).length)
      await store.rate(learner, interview, turn, points, percent)
      if (record.finished_at === null && record.turn === turn) await goOn(learner, record)
      return await view(learner, await load(learner, interview))
    },

    /** Starts the machine of the live question that is asked, once; its clock runs from now. */
    async beginLive(
      learner: string,
      interview: string,
      { turn, replace }: { turn: number; replace: boolean },
      address: string,
    ): Promise<InterviewView> {
      const record = await load(learner, interview)
      const question = running(record, turn)
      if (question.form !== 'live') throw new Refusal('BAD_REQUEST', 'This question needs no machine.')
      if (!record.live) await startLive(learner, record, question, replace, address)
      return await view(learner, await load(learner, interview))
    },

    async end(learner: string, id: string): Promise<InterviewView> {
      const record = await load(learner, id)
      return await view(learner, record.finished_at === null ? await end(learner, record, now()) : record)
    },

    async report(learner: string, id: string): Promise<InterviewReport> {
      const record = await load(learner, id)
      if (record.finished_at === null)
        throw new Refusal('FORBIDDEN', 'The report is written when the interview is over. End it, or go on with it.')
      return reportInterview({ record, answers: await store.answers(learner, id), bank, labs })
    },
  }

  async function goOn(learner: string, record: InterviewRecord): Promise<void> {
    await store.advance(learner, record.id, record.turn, record.turn + 1, now())
    if (record.live) void sessions.end(record.live.session, 'The interview goes on.')
  }

  async function startLive(
    learner: string,
    { id, turn, ends_at }: InterviewRecord,
    question: LiveQuestion,
    replace: boolean,
    address: string,
  ): Promise<void> {
    const seed = question.variant ?? randomInt(2 ** 31)
    const wish = { lab: question.lab, replace, resume: false, fresh: { seed } }
    const { session } = await sessions.create(learner, wish, address)
    const at = now()
    const live = {
      turn,
      session: session.id,
      seed,
      began_at: at,
      ends_at: Math.min(ends_at, at + question.minutes * 60_000),
    }
    // Asked for in two windows at once: the first one counts.
    if (!(await store.setLive(learner, id, live))) await sessions.end(session.id, 'It was started twice.')
  }

  async function entryOf(
    record: InterviewRecord,
    question: Banked,
    { id, turn, answer }: { id: string; turn: number; answer: InterviewAnswer },
  ): Promise<InterviewAnswerRecord> {
    const at = now()
    const entry = { turn, id, question: record.plan[turn]!, points: null, ms: Math.max(0, at - record.shown_at), at }
    if (question.form === 'live') {
      if (answer === null && !record.live) return { ...entry, answer, percent: 0 }
      if (answer !== null && answer.form !== 'live')
        throw new Refusal('BAD_REQUEST', 'This question is answered on its machine: send the form live.')
      if (!record.live)
        throw new Refusal('BAD_REQUEST', 'Its machine was not started: start it, or pass the question over.')
      return await judgeLive(record, id)
    }
    if (answer === null) return { ...entry, answer, percent: 0 }
    if (answer.form === 'live') throw new Refusal('BAD_REQUEST', `This question is of the form '${question.form}'.`)
    const correct = gradeSent(asQuestion(question), answer)
    return { ...entry, answer, percent: correct === null ? null : correct ? 100 : 0 }
  }
}

/** What has to be repaired; that nothing else was broken meanwhile is no repair. */
export const tasksOf = (lab: Lab | undefined): string[] =>
  lab?.manifest.tasks.flatMap(({ id, type }) => (type === 'guard' ? [] : id)) ?? []
