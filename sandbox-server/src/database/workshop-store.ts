/** Workshops, who teaches them, and the keys that make instructors, as the database keeps them. */
import type { Selectable, Updateable } from 'kysely'
import type { Database } from './open-database.ts'
import { parseIds } from './session-store.ts'
import type { Tables } from './tables.ts'

/** The question to all; `seed`: of its shuffling. */
export interface QuizToAll {
  id: string
  lesson: string
  question: string
  seed: number
  asked_at: number
  open: boolean
}

type Row = Selectable<Tables['workshops']>
export type WorkshopRecord = Omit<Row, 'labs' | 'pauses' | 'locks' | 'quiz' | 'hints_open' | 'solutions_open'> & {
  labs: string[]
  hints_open: boolean
  solutions_open: boolean
  /** From and until; null while it lasts. */
  pauses: [number, number | null][]
  /** Of tasks, as `lab task`. */
  locks: string[]
  quiz: QuizToAll | null
}

export type WorkshopStore = ReturnType<typeof createWorkshopStore>

export function createWorkshopStore(db: Database) {
  return {
    async all(): Promise<WorkshopRecord[]> {
      return (await db.selectFrom('workshops').selectAll().orderBy('created_at').execute()).map(read)
    },
    async insert(record: WorkshopRecord): Promise<void> {
      await db
        .insertInto('workshops')
        .values(write(record) as Row)
        .execute()
    },
    async update(id: string, change: Partial<WorkshopRecord>): Promise<void> {
      await db.updateTable('workshops').set(write(change)).where('id', '=', id).execute()
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('workshops').where('id', '=', id).execute()
    },

    async teachers(workshop: string): Promise<string[]> {
      const query = db.selectFrom('workshop_teachers').select('learner').where('workshop', '=', workshop)
      return (await query.orderBy('at').execute()).map((row) => row.learner)
    },
    async addTeacher(workshop: string, learner: string, at: number): Promise<void> {
      const query = db.insertInto('workshop_teachers').values({ workshop, learner, at })
      await query.onConflict((c) => c.columns(['workshop', 'learner']).doNothing()).execute()
    },

    async instructors(): Promise<{ learner: string; name: string }[]> {
      return await db.selectFrom('instructors').select(['learner', 'name']).orderBy('at').execute()
    },
    async addInstructor(learner: string, name: string, at: number): Promise<void> {
      const query = db.insertInto('instructors').values({ learner, name, at })
      await query.onConflict((c) => c.column('learner').doUpdateSet({ name })).execute()
    },
    /** Those of `subjects` at the provider that have signed in. */
    async accountsOf(subjects: readonly string[]): Promise<string[]> {
      if (subjects.length === 0) return []
      const query = db
        .selectFrom('accounts')
        .select('learner')
        .where('subject', 'in', [...subjects])
      return (await query.execute()).map((row) => row.learner)
    },

    async addKey(hash: string, workshop: string | null, made_at: number, expires_at: number): Promise<void> {
      await db.insertInto('instructor_keys').values({ hash, workshop, made_at, expires_at }).execute()
    },
    /** Of the keys to the server itself one is good at a time. */
    async withdrawKeys(): Promise<void> {
      await db.deleteFrom('instructor_keys').where('workshop', 'is', null).execute()
    },
    /** Takes the key away and answers what it opens; undefined when nobody has it, or not any more. */
    async useKey(hash: string, now: number): Promise<{ workshop: string | null } | undefined> {
      const query = db.deleteFrom('instructor_keys').where('hash', '=', hash).returning(['workshop', 'expires_at'])
      const key = await query.executeTakeFirst()
      return key && key.expires_at > now ? { workshop: key.workshop } : undefined
    },
  }
}

/** What `from` teaches and where they are a member goes to `to`; where both are in one class, `to` keeps their place. */
export async function joinWorkshops(db: Database, from: string, to: string): Promise<void> {
  await db.updateTable('workshops').set({ learner: to }).where('learner', '=', from).execute()
  for (const table of ['workshop_teachers', 'workshop_members'] as const) {
    const mine = (await db.selectFrom(table).select('workshop').where('learner', '=', to).execute()).map(
      (row) => row.workshop,
    )
    const moves = db.updateTable(table).set({ learner: to }).where('learner', '=', from)
    await (mine.length > 0 ? moves.where('workshop', 'not in', mine) : moves).execute()
  }
  const query = db.selectFrom('instructors').selectAll().where('learner', '=', from)
  const teaches = await query.executeTakeFirst()
  if (teaches)
    await db
      .insertInto('instructors')
      .values({ ...teaches, learner: to })
      .onConflict((c) => c.column('learner').doNothing())
      .execute()
}

function read({ labs, pauses, locks, quiz, hints_open, solutions_open, ...row }: Row): WorkshopRecord {
  return {
    ...row,
    labs: parseIds(labs),
    locks: parseIds(locks),
    pauses: JSON.parse(pauses) as WorkshopRecord['pauses'],
    quiz: quiz === null ? null : (JSON.parse(quiz) as QuizToAll),
    hints_open: hints_open === 1,
    solutions_open: solutions_open === 1,
  }
}

function write(change: Partial<WorkshopRecord>): Updateable<Tables['workshops']> {
  const { labs, pauses, locks, quiz, hints_open, solutions_open, ...rest } = change
  return {
    ...rest,
    ...(labs && { labs: JSON.stringify(labs) }),
    ...(pauses && { pauses: JSON.stringify(pauses) }),
    ...(locks && { locks: JSON.stringify(locks) }),
    ...(quiz !== undefined && { quiz: quiz && JSON.stringify(quiz) }),
    ...(hints_open !== undefined && { hints_open: hints_open ? 1 : 0 }),
    ...(solutions_open !== undefined && { solutions_open: solutions_open ? 1 : 0 }),
  }
}
