/** How the database came to look as it does. Never change a migration that was released; add one. */
import type { Kysely } from 'kysely'
import type { Migration, MigrationProvider } from 'kysely/migration'

const first: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('learners')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('lab', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('seed', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('resumed', 'integer', (c) => c.notNull())
      .addColumn('deadline', 'bigint')
      .addColumn('extensions_left', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('ended_at', 'bigint')
      .execute()
    await db.schema.createIndex('sessions_state').on('sessions').column('state').execute()
    await db.schema
      .createTable('session_tasks')
      .addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
      .addColumn('task', 'text', (c) => c.notNull())
      .addColumn('passed_at', 'bigint')
      .addColumn('tries', 'integer', (c) => c.notNull())
      .addColumn('hints', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('session_tasks_key', ['session', 'task'])
      .execute()
    await db.schema
      .createTable('progress')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('lab', 'text', (c) => c.notNull())
      .addColumn('task', 'text', (c) => c.notNull())
      .addColumn('passed_at', 'bigint')
      .addColumn('tries', 'integer', (c) => c.notNull())
      .addColumn('hints', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('progress_key', ['learner', 'lab', 'task'])
      .execute()
    await db.schema
      .createTable('kept_work')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('lab', 'text', (c) => c.notNull())
      .addColumn('session', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('tasks', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('kept_work_key', ['learner', 'lab'])
      .execute()
  },
}

const incidents: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .alterTable('session_tasks')
      .addColumn('shown', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createTable('session_deeds')
      .addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('task', 'text')
      .execute()
    await db.schema.createIndex('session_deeds_session').on('session_deeds').column('session').execute()
  },
}

const access: Migration = {
  async up(db: Kysely<never>) {
    await db.schema.alterTable('learners').addColumn('access', 'text').execute()
  },
}

const quizzes: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('quiz_answers')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('lesson', 'text', (c) => c.notNull())
      .addColumn('question', 'text', (c) => c.notNull())
      .addColumn('answer', 'text', (c) => c.notNull())
      .addColumn('correct', 'integer')
      .addColumn('points', 'text')
      .addColumn('nth', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('quiz_answers_key', ['learner', 'id'])
      .execute()
    await db.schema
      .createIndex('quiz_answers_question')
      .on('quiz_answers')
      .columns(['learner', 'lesson', 'question', 'nth'])
      .execute()
  },
}

/** The order of deeds in a session, whatever the clock says; those from before go by their time. */
const deedOrder: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .alterTable('session_deeds')
      .addColumn('nth', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  },
}

/** Progress is kept by who made it, so that joining and importing never count twice; learners can be found again elsewhere. */
const identity: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('progress_by_origin')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('origin', 'text', (c) => c.notNull())
      .addColumn('lab', 'text', (c) => c.notNull())
      .addColumn('task', 'text', (c) => c.notNull())
      .addColumn('passed_at', 'bigint')
      .addColumn('tries', 'integer', (c) => c.notNull())
      .addColumn('hints', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('progress_by_origin_key', ['learner', 'origin', 'lab', 'task'])
      .execute()
    const rows = db as unknown as Kysely<Record<string, Record<string, unknown>>>
    const own = ['learner', 'lab', 'task', 'passed_at', 'tries', 'hints']
    await rows
      .insertInto('progress_by_origin')
      .columns([...own, 'origin'])
      .expression(rows.selectFrom('progress').select([...own, 'learner as origin']))
      .execute()
    await db.schema.dropTable('progress').execute()
    await db.schema.alterTable('progress_by_origin').renameTo('progress').execute()

    await db.schema
      .createTable('kept_work_by_session')
      .addColumn('session', 'text', (c) => c.primaryKey())
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('lab', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('tasks', 'text', (c) => c.notNull())
      .execute()
    const work = ['session', 'learner', 'lab', 'at', 'bytes', 'tasks']
    await rows
      .insertInto('kept_work_by_session')
      .columns(work)
      .expression(rows.selectFrom('kept_work').select(work))
      .execute()
    await db.schema.dropTable('kept_work').execute()
    await db.schema.alterTable('kept_work_by_session').renameTo('kept_work').execute()
    await db.schema.createIndex('kept_work_learner').on('kept_work').columns(['learner', 'lab']).execute()

    await db.schema.alterTable('sessions').addColumn('copy_of', 'text').execute()
    await db.schema.createIndex('sessions_learner').on('sessions').column('learner').execute()
    await db.schema
      .createTable('recovery_codes')
      .addColumn('learner', 'text', (c) => c.primaryKey().references('learners.id').onDelete('cascade'))
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema
      .createTable('accounts')
      .addColumn('issuer', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('accounts_key', ['issuer', 'subject'])
      .execute()
    await db.schema.createIndex('accounts_learner').on('accounts').column('learner').execute()
    await db.schema
      .createTable('retired_learners')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('retired_learners_learner').on('retired_learners').column('learner').execute()
  },
}

const practice: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('practice_choices')
      .addColumn('learner', 'text', (c) => c.primaryKey().references('learners.id').onDelete('cascade'))
      .addColumn('collect', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('practice_cards')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('item', 'text', (c) => c.notNull())
      .addColumn('memory', 'text')
      .addColumn('due', 'bigint', (c) => c.notNull())
      .addColumn('reviewed_at', 'bigint')
      .addColumn('turn', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('practice_cards_key', ['learner', 'item'])
      .execute()
    await db.schema
      .createTable('practice_reviews')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('item', 'text', (c) => c.notNull())
      .addColumn('turn', 'integer', (c) => c.notNull())
      .addColumn('answer', 'text')
      .addColumn('correct', 'integer')
      .addColumn('points', 'text')
      .addColumn('before', 'text')
      .addColumn('ms', 'bigint', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('practice_reviews_key', ['learner', 'id'])
      .addUniqueConstraint('practice_reviews_turn', ['learner', 'item', 'turn'])
      .execute()
  },
}

const interviews: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('interviews')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('level', 'text', (c) => c.notNull())
      .addColumn('minutes', 'integer', (c) => c.notNull())
      .addColumn('topics', 'text', (c) => c.notNull())
      .addColumn('plan', 'text', (c) => c.notNull())
      .addColumn('seed', 'bigint', (c) => c.notNull())
      .addColumn('turn', 'integer', (c) => c.notNull())
      .addColumn('began_at', 'bigint', (c) => c.notNull())
      .addColumn('shown_at', 'bigint', (c) => c.notNull())
      .addColumn('ends_at', 'bigint', (c) => c.notNull())
      .addColumn('finished_at', 'bigint')
      .addColumn('live', 'text')
      .addPrimaryKeyConstraint('interviews_key', ['learner', 'id'])
      .execute()
    await db.schema
      .createTable('interview_answers')
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('interview', 'text', (c) => c.notNull())
      .addColumn('turn', 'integer', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('question', 'text', (c) => c.notNull())
      .addColumn('answer', 'text')
      .addColumn('points', 'text')
      .addColumn('percent', 'integer')
      .addColumn('ms', 'bigint', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('interview_answers_key', ['learner', 'interview', 'turn'])
      .execute()
  },
}

const workshops: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('instructors')
      .addColumn('learner', 'text', (c) => c.primaryKey().references('learners.id').onDelete('cascade'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('workshops')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('labs', 'text', (c) => c.notNull())
      .addColumn('starts_at', 'bigint', (c) => c.notNull())
      .addColumn('zone', 'text', (c) => c.notNull())
      .addColumn('minutes', 'integer', (c) => c.notNull())
      .addColumn('size', 'integer', (c) => c.notNull())
      .addColumn('hints_open', 'integer', (c) => c.notNull())
      .addColumn('solutions_open', 'integer', (c) => c.notNull())
      .addColumn('door', 'text', (c) => c.notNull())
      .addColumn('continue_days', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('began_at', 'bigint')
      .addColumn('ends_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('pauses', 'text', (c) => c.notNull())
      .addColumn('code', 'text', (c) => c.unique())
      .addColumn('code_expires_at', 'bigint')
      .addColumn('follow', 'text')
      .addColumn('locks', 'text', (c) => c.notNull())
      .addColumn('quiz', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('workshop_teachers')
      .addColumn('workshop', 'text', (c) => c.notNull().references('workshops.id').onDelete('cascade'))
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('workshop_teachers_key', ['workshop', 'learner'])
      .execute()
    await db.schema
      .createTable('instructor_keys')
      .addColumn('hash', 'text', (c) => c.primaryKey())
      .addColumn('workshop', 'text', (c) => c.references('workshops.id').onDelete('cascade'))
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('workshop_members')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('workshop', 'text', (c) => c.notNull().references('workshops.id').onDelete('cascade'))
      .addColumn('learner', 'text', (c) => c.notNull().references('learners.id').onDelete('cascade'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('joined_at', 'bigint', (c) => c.notNull())
      .addColumn('hand_at', 'bigint')
      .addColumn('hand_note', 'text')
      .addUniqueConstraint('workshop_members_once', ['workshop', 'learner'])
      .execute()
    await db.schema.createIndex('workshop_members_learner').on('workshop_members').column('learner').execute()
    await db.schema
      .createTable('workshop_log')
      .addColumn('workshop', 'text', (c) => c.notNull().references('workshops.id').onDelete('cascade'))
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.references('workshop_members.id').onDelete('cascade'))
      .addColumn('what', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('workshop_log_key', ['workshop', 'n'])
      .execute()
    await db.schema
      .createTable('workshop_answers')
      .addColumn('workshop', 'text', (c) => c.notNull().references('workshops.id').onDelete('cascade'))
      .addColumn('quiz', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull().references('workshop_members.id').onDelete('cascade'))
      .addColumn('answer', 'text', (c) => c.notNull())
      .addColumn('correct', 'integer')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('workshop_answers_key', ['quiz', 'member'])
      .execute()
  },
}

/** Since when one could work in a session. Of those from before nobody knows how long they had waited. */
const readyAt: Migration = {
  async up(db: Kysely<never>) {
    await db.schema.alterTable('sessions').addColumn('ready_at', 'bigint').execute()
    const rows = db as unknown as Kysely<Record<string, Record<string, unknown>>>
    await rows
      .updateTable('sessions')
      .set((eb) => ({ ready_at: eb.ref('created_at') }))
      .where('state', '!=', 'starting')
      .execute()
  },
}

export const migrations: MigrationProvider = {
  async getMigrations() {
    return {
      '2026-11-23-first': first,
      '2026-11-25-incidents': incidents,
      '2026-11-25-site-access': access,
      '2026-11-25-site-quizzes': quizzes,
      '2026-11-26-deed-order': deedOrder,
      '2026-11-26-identity': identity,
      '2026-11-26-practice': practice,
      '2026-11-26-practice-interviews': interviews,
      '2026-11-26-workshops': workshops,
      '2026-11-26-workshops-ready-at': readyAt,
    }
  },
}
