/** Who a learner is over several browsers, and what is known of them: joining, taking along, codes, accounts. */
import { mostOf, type ExportParts, type LearnerExport } from '../contract/learner-export.ts'
import { Refusal } from '../refusal.ts'
import { holdings } from './holdings/all-holdings.ts'
import type { Database } from './open-database.ts'
import { joinWorkshops } from './workshop-store.ts'

export type IdentityStore = ReturnType<typeof createIdentityStore>

export interface Figures {
  known_since: number | null
  progress: { labs: number; tasks_passed: number; tries: number; hints: number }
  sessions: { count: number; deeds: number }
  answers: number
  practice: { cards: number; answers: number; interviews: number }
  code: { made_at: number; used_at: number | null } | null
}

export function createIdentityStore(db: Database) {
  const learnerOf = async (id: string) =>
    await db.selectFrom('learners').selectAll().where('id', '=', id).executeTakeFirst()
  return {
    /** All that can be taken along. */
    async read(learner: string, at: number): Promise<LearnerExport> {
      return await db.transaction().execute(async (within) => {
        const parts: Record<string, unknown> = {}
        for (const [part, holding] of Object.entries(holdings)) parts[part] = await holding.read(within, learner)
        const known = await within
          .selectFrom('learners')
          .select('created_at')
          .where('id', '=', learner)
          .executeTakeFirst()
        const head = { format: 'drydock-learner', version: 1, exported_at: at } as const
        return { ...head, known_since: known?.created_at ?? null, ...(parts as ExportParts) }
      })
    },

    /** Adds what a file says to what is there; the same file again changes nothing. Throws `BAD_REQUEST` for more than is kept of one learner. */
    async take(learner: string, file: LearnerExport): Promise<void> {
      await db.transaction().execute(async (within) => {
        await holdings.progress.take(within, learner, file.progress)
        await holdings.sessions.take(within, learner, file.sessions)
        await holdings.answers.take(within, learner, file.answers)
        await holdings.cards.take(within, learner, file.cards)
        await holdings.reviews.take(within, learner, file.reviews)
        await holdings.interviews.take(within, learner, file.interviews)
        const { known_since: since } = file
        if (since !== null)
          await within
            .updateTable('learners')
            .set({ created_at: since })
            .where('id', '=', learner)
            .where('created_at', '>', since)
            .execute()
        await refuseTooMuch(within, learner)
      })
    },

    /**
     * Gives all that `from` has to `to`. Its cookies, its code and, unless they are to go along, its accounts are worth nothing from then
     * on. Done again it changes nothing.
     */
    async join(from: string, to: string, at: number, what?: 'with accounts'): Promise<void> {
      if (from === to) return
      await db.transaction().execute(async (within) => {
        if (what) await within.updateTable('accounts').set({ learner: to }).where('learner', '=', from).execute()
        for (const holding of Object.values(holdings)) await holding.join(within, from, to)
        await joinWorkshops(within, from, to)
        await within.updateTable('retired_learners').set({ learner: to }).where('learner', '=', from).execute()
        await within
          .insertInto('retired_learners')
          .values({ id: from, learner: to, at })
          .onConflict((c) => c.column('id').doNothing())
          .execute()
        const old = await within.selectFrom('learners').selectAll().where('id', '=', from).executeTakeFirst()
        if (!old) return
        const kept = await within.selectFrom('learners').selectAll().where('id', '=', to).executeTakeFirstOrThrow()
        const created_at = Math.min(old.created_at, kept.created_at)
        const merged = { created_at, access: kept.access ?? old.access }
        await within.updateTable('learners').set(merged).where('id', '=', to).execute()
        await within.deleteFrom('learners').where('id', '=', from).execute()
      })
    },

    /** A cookie with this id is worth nothing: it was joined with another. */
    async isRetired(id: string): Promise<boolean> {
      const row = await db.selectFrom('retired_learners').select('id').where('id', '=', id).executeTakeFirst()
      return row !== undefined
    },

    async figures(learner: string): Promise<Figures> {
      const known = await learnerOf(learner)
      const rows = await holdings.progress.read(db, learner)
      const sum = (of: 'tries' | 'hints') => rows.reduce((total, row) => total + row[of], 0)
      const passed = rows.filter((row) => row.passed_at !== null).map((row) => `${row.lab} ${row.task}`)
      const count = db.fn.countAll<number>().as('n')
      const runs = await db
        .selectFrom('sessions')
        .select(count)
        .where('learner', '=', learner)
        .executeTakeFirstOrThrow()
      const deeds = await db
        .selectFrom('session_deeds')
        .innerJoin('sessions', 'sessions.id', 'session_deeds.session')
        .select(count)
        .where('sessions.learner', '=', learner)
        .executeTakeFirstOrThrow()
      const answers = await db
        .selectFrom('quiz_answers')
        .select(count)
        .where('learner', '=', learner)
        .executeTakeFirstOrThrow()
      const ofTable = async (table: 'practice_cards' | 'practice_reviews' | 'interviews') =>
        Number((await db.selectFrom(table).select(count).where('learner', '=', learner).executeTakeFirstOrThrow()).n)
      const code = await db
        .selectFrom('recovery_codes')
        .select(['made_at', 'used_at'])
        .where('learner', '=', learner)
        .executeTakeFirst()
      return {
        known_since: known?.created_at ?? null,
        progress: {
          ...{ labs: new Set(rows.map((row) => row.lab)).size, tasks_passed: new Set(passed).size },
          ...{ tries: sum('tries'), hints: sum('hints') },
        },
        sessions: { count: Number(runs.n), deeds: Number(deeds.n) },
        answers: Number(answers.n),
        practice: {
          cards: await ofTable('practice_cards'),
          answers: await ofTable('practice_reviews'),
          interviews: await ofTable('interviews'),
        },
        code: code ?? null,
      }
    },

    /** The one before is worth nothing from then on. */
    async setCode(learner: string, hash: string, made_at: number): Promise<void> {
      const row = { hash, made_at, used_at: null }
      await db
        .insertInto('recovery_codes')
        .values({ learner, ...row })
        .onConflict((c) => c.column('learner').doUpdateSet(row))
        .execute()
    },
    async withdrawCode(learner: string): Promise<void> {
      await db.deleteFrom('recovery_codes').where('learner', '=', learner).execute()
    },
    async findByCode(hash: string): Promise<string | undefined> {
      const row = await db.selectFrom('recovery_codes').select('learner').where('hash', '=', hash).executeTakeFirst()
      return row?.learner
    },
    async noteCodeUsed(learner: string, at: number): Promise<void> {
      await db.updateTable('recovery_codes').set({ used_at: at }).where('learner', '=', learner).execute()
    },

    async hasAccount(learner: string): Promise<boolean> {
      return (
        (await db.selectFrom('accounts').select('at').where('learner', '=', learner).executeTakeFirst()) !== undefined
      )
    },
    async findByAccount(issuer: string, subject: string): Promise<string | undefined> {
      const query = db
        .selectFrom('accounts')
        .select('learner')
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
      return (await query.executeTakeFirst())?.learner
    },
    /** Two first sign-ins at once make one: answers whose account it is now. */
    async addAccount(account: { issuer: string; subject: string; learner: string; at: number }): Promise<string> {
      await db
        .insertInto('accounts')
        .values(account)
        .onConflict((c) => c.columns(['issuer', 'subject']).doNothing())
        .execute()
      const found = await this.findByAccount(account.issuer, account.subject)
      return found ?? account.learner
    },
  }
}

const countable = {
  progress: 'progress',
  sessions: 'sessions',
  answers: 'quiz_answers',
  cards: 'practice_cards',
  reviews: 'practice_reviews',
  interviews: 'interviews',
} as const

/** So that files one after the other do not fill the database, and an export can be read back. */
async function refuseTooMuch(db: Database, learner: string): Promise<void> {
  for (const [part, table] of Object.entries(countable)) {
    const count = db.selectFrom(table).select(db.fn.countAll<number>().as('n')).where('learner', '=', learner)
    const most = mostOf[part as keyof typeof countable]
    if (Number((await count.executeTakeFirstOrThrow()).n) <= most) continue
    const message = `Nothing was imported. ${part}: with this file you would have more than ${most}, which is all that is kept of one learner.`
    throw new Refusal('BAD_REQUEST', message, { in: 'body', field: part })
  }
}
