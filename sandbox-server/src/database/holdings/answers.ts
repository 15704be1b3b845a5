/** Answers to questions. Those of two learners are put in one order by time, and each list keeps its own. */
import type { ExportParts } from '../../contract/learner-export.ts'
import type { Database } from '../open-database.ts'
import { keptAnswers, readAnswer, writeAnswer } from '../quiz-store.ts'
import type { Holding } from './holding.ts'

type Answer = ExportParts['answers'][number]

export const answers: Holding<Answer[]> = {
  async read(db, learner) {
    const query = db.selectFrom('quiz_answers').selectAll().where('learner', '=', learner)
    const rows = await query.orderBy('lesson').orderBy('question').orderBy('nth').execute()
    return rows.map(readAnswer)
  },
  async take(db, learner, given) {
    const mine = await answers.read(db, learner)
    const known = new Map(mine.map((answer) => [answer.id, answer]))
    const fresh = new Map<string, Answer>()
    const changed = new Set<string>()
    for (const answer of given) {
      const old = known.get(answer.id) ?? fresh.get(answer.id)
      // All that can have happened to an answer since is that it was rated.
      if (old && (old.points !== null || answer.points === null)) continue
      const kept = old ? { ...old, points: answer.points } : answer
      ;(known.has(answer.id) ? known : fresh).set(answer.id, kept)
      changed.add(questionOf(kept))
    }
    const [before, later] = [known, fresh].map((each) => Map.groupBy(each.values(), questionOf))
    for (const question of changed)
      await replace(db, learner, inOneOrder(before?.get(question) ?? [], later?.get(question) ?? []))
  },
  join: async (db, from, to) => answers.take(db, to, await answers.read(db, from)),
}

const questionOf = ({ lesson, question }: Answer) => `${lesson} ${question}`

async function replace(db: Database, learner: string, all: readonly Answer[]): Promise<void> {
  const [first] = all
  if (!first) return
  const { lesson, question } = first
  await db
    .deleteFrom('quiz_answers')
    .where((eb) => eb.and({ learner, lesson, question }))
    .execute()
  for (const [i, answer] of all.slice(-keptAnswers).entries())
    await db
      .insertInto('quiz_answers')
      .values({ learner, nth: i + 1, ...writeAnswer(answer) })
      .execute()
}

/** A clock that was set back puts nobody's answers in another order: each counts as late as the latest before it. */
export function inOneOrder(a: readonly Answer[], b: readonly Answer[]): Answer[] {
  const timed = [a, b].flatMap((list) => {
    let latest = 0
    return list.map((answer, i) => ({ answer, i, at: (latest = Math.max(latest, answer.at)) }))
  })
  const sorted = timed.toSorted((x, y) => x.at - y.at || x.i - y.i || (x.answer.id < y.answer.id ? -1 : 1))
  return sorted.map(({ answer }) => answer)
}
