/** The class of a workshop: its members, its log, and their answers to questions to all. */
import { sql, type Selectable, type Updateable } from 'kysely'
import type { QuizAnswer } from '@drydock/kit/quiz-schema'
import type { DeedOfHelp } from '../contract/workshop-log.ts'
import type { Database } from './open-database.ts'
import type { TaskRecord } from './session-store.ts'
import { parseIds } from './session-store.ts'
import type { Tables } from './tables.ts'

export type MemberRecord = Selectable<Tables['workshop_members']>
export interface LogRecord {
  n: number
  at: number
  by: string
  member: string | null
  what: DeedOfHelp
}
export interface ClassAnswer {
  member: string
  answer: QuizAnswer
  correct: boolean | null
}
/** One run of a lab by a learner, with its tasks. */
export interface Run {
  session: string
  learner: string
  lab: string
  created_at: number
  ready_at: number | null
  tasks: TaskRecord[]
}

export type ClassStore = ReturnType<typeof createClassStore>

export function createClassStore(db: Database) {
  return {
    async members(workshop: string): Promise<MemberRecord[]> {
      const query = db.selectFrom('workshop_members').selectAll().where('workshop', '=', workshop)
      return await query.orderBy('joined_at').orderBy('id').execute()
    },
    /** False: this learner is a member already. */
    async addMember(record: MemberRecord): Promise<boolean> {
      const query = db.insertInto('workshop_members').values(record)
      const result = await query.onConflict((c) => c.columns(['workshop', 'learner']).doNothing()).executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async updateMember(id: string, change: Updateable<Tables['workshop_members']>): Promise<void> {
      await db.updateTable('workshop_members').set(change).where('id', '=', id).execute()
    },
    async removeMember(id: string): Promise<void> {
      await db.deleteFrom('workshop_members').where('id', '=', id).execute()
    },

    /** The number of the last entry; 0 when there is none. */
    async lastEntry(workshop: string): Promise<number> {
      const query = db.selectFrom('workshop_log').select((eb) => eb.fn.max('n').as('n'))
      return Number((await query.where('workshop', '=', workshop).executeTakeFirst())?.n ?? 0)
    },
    async note(workshop: string, { what, ...entry }: LogRecord): Promise<void> {
      await db
        .insertInto('workshop_log')
        .values({ workshop, ...entry, what: JSON.stringify(what) })
        .execute()
    },
    /** `member`: those that are theirs or for all. The latest `most` after `after`, oldest first. */
    async log(
      workshop: string,
      { after = 0, member, most }: { after?: number; member?: string; most: number },
    ): Promise<LogRecord[]> {
      let query = db.selectFrom('workshop_log').selectAll().where('workshop', '=', workshop).where('n', '>', after)
      if (member !== undefined)
        query = query.where((eb) => eb.or([eb('member', '=', member), eb('member', 'is', null)]))
      const rows = await query.orderBy('n', 'desc').limit(most).execute()
      return rows
        .map(({ workshop: _, what, ...row }) => ({ ...row, what: JSON.parse(what) as DeedOfHelp }))
        .toReversed()
    },
    /** How often each was helped by an instructor. */
    async helps(workshop: string): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom('workshop_log')
        .select(['member', (eb) => eb.fn.countAll<number>().as('count')])
        .where('workshop', '=', workshop)
        .where('member', 'is not', null)
        .where((eb) =>
          eb.or(['hint', 'highlight', 'file', 'catch-up'].map((kind) => eb('what', 'like', `{"kind":"${kind}"%`))),
        )
        .groupBy('member')
        .execute()
      return new Map(rows.map((row) => [row.member ?? '', Number(row.count)]))
    },

    /** False: there is an answer of theirs already. */
    async addAnswer(
      workshop: string,
      quiz: string,
      at: number,
      { answer, correct, member }: ClassAnswer,
    ): Promise<boolean> {
      const marks = { answer: JSON.stringify(answer), correct: correct === null ? null : correct ? 1 : 0 }
      const query = db.insertInto('workshop_answers').values({ workshop, quiz, member, at, ...marks })
      const result = await query.onConflict((c) => c.columns(['quiz', 'member']).doNothing()).executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async answers(quiz: string): Promise<ClassAnswer[]> {
      const rows = await db.selectFrom('workshop_answers').selectAll().where('quiz', '=', quiz).execute()
      return rows.map(({ member, answer, correct }) => ({
        ...{ member, answer: JSON.parse(answer) as QuizAnswer },
        correct: correct === null ? null : correct === 1,
      }))
    },

    /** What these learners did in these labs, in runs that were not over by then, oldest first. */
    async runs(workshop: string, labs: readonly string[], since: number): Promise<Run[]> {
      const rows = await db
        .selectFrom('sessions')
        .innerJoin('workshop_members', 'workshop_members.learner', 'sessions.learner')
        .leftJoin('session_tasks', 'session_tasks.session', 'sessions.id')
        .select(['sessions.id', 'sessions.learner', 'sessions.lab', 'sessions.created_at', 'sessions.ready_at'])
        .select(['task', 'passed_at', 'tries', 'hints', 'shown'])
        .where('workshop_members.workshop', '=', workshop)
        .where('sessions.lab', 'in', [...labs])
        .where('sessions.copy_of', 'is', null)
        .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', since)]))
        .orderBy('sessions.created_at')
        .orderBy(sql.ref('sessions.id'))
        .execute()
      const runs = new Map<string, Run>()
      for (const { id: session, learner, lab, created_at, ready_at, ...row } of rows) {
        const run = runs.get(session) ?? { session, learner, lab, created_at, ready_at, tasks: [] }
        runs.set(session, run)
        if (row.task === null) continue
        const { task, passed_at, tries, hints, shown } = row
        run.tasks.push({ task, passed_at, tries: tries ?? 0, hints: parseIds(hints ?? '[]'), shown: shown === 1 })
      }
      return [...runs.values()]
    },
  }
}
