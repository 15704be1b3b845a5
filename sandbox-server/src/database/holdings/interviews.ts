/** Mock interviews with their answers. One that is running stays where it is, like a lab. */
import type { ExportParts } from '../../contract/learner-export.ts'
import { createInterviewStore } from '../interview-store.ts'
import type { Holding } from './holding.ts'

export const interviews: Holding<ExportParts['interviews']> = {
  async read(db, learner) {
    const store = createInterviewStore(db)
    const all: ExportParts['interviews'] = []
    for (const { turn: _turn, shown_at: _shown, live: _live, ...record } of await store.ofLearner(learner))
      all.push({ ...record, answers: await store.answers(learner, record.id) })
    return all
  },
  async take(db, learner, given) {
    const store = createInterviewStore(db)
    const known = new Set((await store.ofLearner(learner)).map(({ id }) => id))
    for (const { answers, ...record } of given) {
      if (record.finished_at === null || known.has(record.id)) continue
      known.add(record.id)
      const over = { turn: record.plan.length, shown_at: record.finished_at, live: null }
      await store.insert(learner, { ...record, ...over })
      for (const answer of answers) await store.add(learner, record.id, answer)
    }
  },
  /** Ids are of chance: two learners have the same one only where a file went from one to the other. */
  async join(db, from, to) {
    const known = (await createInterviewStore(db).ofLearner(to)).map(({ id }) => id)
    const moves = db.updateTable('interviews').set({ learner: to }).where('learner', '=', from)
    const answers = db.updateTable('interview_answers').set({ learner: to }).where('learner', '=', from)
    await (known.length > 0 ? answers.where('interview', 'not in', known) : answers).execute()
    await (known.length > 0 ? moves.where('id', 'not in', known) : moves).execute()
  },
}
