/** Which work of ended labs is kept. It goes over to another learner as it is; its folders are files, which no export holds. */
import type { ExportParts } from '../../contract/learner-export.ts'
import { createKeptWorkStore } from '../kept-work-store.ts'
import type { Holding } from './holding.ts'

export const keptWork: Holding<ExportParts['kept_work']> = {
  async read(db, learner) {
    const all = await createKeptWorkStore(db).ofLearner(learner)
    return all.map(({ session, lab, at, bytes, tasks }) => ({ session, lab, at, bytes, tasks }))
  },
  take: async () => undefined,
  async join(db, from, to) {
    await db.updateTable('kept_work').set({ learner: to }).where('learner', '=', from).execute()
  },
}
