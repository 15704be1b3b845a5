/** Mock interviews and what was answered in them, as the database keeps them. */
import type { QuizAnswer, Question } from '@drydock/kit/quiz-schema'
import type { Selectable } from 'kysely'
import type { Database } from './open-database.ts'
import { parseIds } from './session-store.ts'
import type { Tables } from './tables.ts'

/** The lab that was started for the question that is asked now. */
export interface LiveRun {
  turn: number
  session: string
  seed: number
  began_at: number
  ends_at: number
  /** Tasks that were done in time before the clock was set, and what it said then: later ones are counted from there. */
  before?: { passed: string[]; until: number }
}

export interface InterviewRecord {
  id: string
  level: Question['level']
  minutes: number
  topics: string[]
  /** Ids of questions, in their order. */
  plan: string[]
  seed: number
  /** Of the question that is asked now, since `shown_at`. */
  turn: number
  began_at: number
  shown_at: number
  ends_at: number
  finished_at: number | null
  live: LiveRun | null
}

/** `passed`: the tasks that were done in time. */
export type LiveAnswer = { form: 'live'; seed: number; passed: string[] }

export interface InterviewAnswerRecord {
  turn: number
  id: string
  question: string
  /** Null: passed over. */
  answer: QuizAnswer | LiveAnswer | null
  points: string[] | null
  /** Null: a free answer that is still to be rated. */
  percent: number | null
  ms: number
  at: number
}

/** So many interviews of one learner are kept, the newest. */
export const keptInterviews = 500

export type InterviewStore = ReturnType<typeof createInterviewStore>

export function createInterviewStore(db: Database) {
  return {
    async insert(learner: string, { topics, plan, live, ...record }: InterviewRecord): Promise<void> {
      const lists = { topics: JSON.stringify(topics), plan: JSON.stringify(plan), live: live && JSON.stringify(live) }
      await db
        .insertInto('interviews')
        .values({ learner, ...record, ...lists })
        .execute()
    },
    /** Removes all but the newest. */
    async trim(learner: string): Promise<void> {
      const newest = db.selectFrom('interviews').select('id').where('learner', '=', learner).orderBy('began_at', 'desc')
      const kept = newest.orderBy('id').limit(keptInterviews)
      for (const [table, id] of [
        ['interviews', 'id'],
        ['interview_answers', 'interview'],
      ] as const)
        await db.deleteFrom(table).where('learner', '=', learner).where(id, 'not in', kept).execute()
    },
    async find(learner: string, id: string): Promise<InterviewRecord | undefined> {
      const query = db.selectFrom('interviews').selectAll().where('learner', '=', learner).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row && read(row)
    },
    /** The newest first. */
    async ofLearner(learner: string): Promise<InterviewRecord[]> {
      const query = db.selectFrom('interviews').selectAll().where('learner', '=', learner)
      return (await query.orderBy('began_at', 'desc').orderBy('id').execute()).map(read)
    },
    async answers(learner: string, interview: string): Promise<InterviewAnswerRecord[]> {
      const query = db.selectFrom('interview_answers').selectAll().where('learner', '=', learner)
      return (await query.where('interview', '=', interview).orderBy('turn').execute()).map(readAnswer)
    },
    /** Ids of questions that were reached in any interview, each as often as it was. */
    async asked(learner: string): Promise<string[]> {
      const query = db.selectFrom('interview_answers').select('question').where('learner', '=', learner)
      return (await query.execute()).map((row) => row.question)
    },
    /** Goes on to another question. False: it was at another turn, or over. */
    async advance(learner: string, id: string, from: number, to: number, at: number): Promise<boolean> {
      const result = await db
        .updateTable('interviews')
        .set({ turn: to, shown_at: at, live: null })
        .where((eb) => eb.and({ learner, id, turn: from }))
        .where('finished_at', 'is', null)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    /** False: this turn was answered already. */
    async add(
      learner: string,
      interview: string,
      { answer, points, ...record }: InterviewAnswerRecord,
    ): Promise<boolean> {
      const result = await db
        .insertInto('interview_answers')
        .values({
          ...{ learner, interview, ...record },
          answer: answer && JSON.stringify(answer),
          points: points && JSON.stringify(points),
        })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async rate(learner: string, interview: string, turn: number, points: string[], percent: number): Promise<void> {
      await db
        .updateTable('interview_answers')
        .set({ points: JSON.stringify(points), percent })
        .where((eb) => eb.and({ learner, interview, turn }))
        .execute()
    },
    /** False: another lab was started for this turn meanwhile, or it is over. */
    async setLive(learner: string, id: string, live: LiveRun): Promise<boolean> {
      const result = await db
        .updateTable('interviews')
        .set({ live: JSON.stringify(live) })
        .where((eb) => eb.and({ learner, id, turn: live.turn }))
        .where('live', 'is', null)
        .where('finished_at', 'is', null)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    /** Those that are not over, of all learners. */
    async running(): Promise<{ learner: string; record: InterviewRecord }[]> {
      const rows = await db.selectFrom('interviews').selectAll().where('finished_at', 'is', null).execute()
      return rows.map((row) => ({ learner: row.learner, record: read(row) }))
    },
    /** The clock was moved by so many ms: interviews that are not over keep the time that they had left. `live`: as it is from now on. */
    async shift(all: readonly { learner: string; id: string; live: LiveRun | null }[], ms: number): Promise<void> {
      await db.transaction().execute(async (tx) => {
        for (const { learner, id, live } of all)
          await tx
            .updateTable('interviews')
            .set((eb) => ({
              began_at: eb('began_at', '+', ms),
              shown_at: eb('shown_at', '+', ms),
              ends_at: eb('ends_at', '+', ms),
              live: live && JSON.stringify(live),
            }))
            .where((eb) => eb.and({ learner, id }))
            .where('finished_at', 'is', null)
            .execute()
      })
    },
    async finish(learner: string, id: string, at: number): Promise<void> {
      await db
        .updateTable('interviews')
        .set({ finished_at: at, live: null })
        .where((eb) => eb.and({ learner, id }))
        .where('finished_at', 'is', null)
        .execute()
    },
  }
}

function read({ learner: _, ...row }: Selectable<Tables['interviews']>): InterviewRecord {
  return {
    ...row,
    level: row.level as InterviewRecord['level'],
    topics: parseIds(row.topics),
    plan: parseIds(row.plan),
    live: row.live === null ? null : (JSON.parse(row.live) as LiveRun),
  }
}

function readAnswer(row: Selectable<Tables['interview_answers']>): InterviewAnswerRecord {
  const { turn, id, question, answer, points, percent, ms, at } = row
  return {
    ...{ turn, id, question, percent, ms, at },
    answer: answer === null ? null : (JSON.parse(answer) as InterviewAnswerRecord['answer']),
    points: points === null ? null : parseIds(points),
  }
}
