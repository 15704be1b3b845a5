/** What every kind of data about a learner can do: leave with an export, be taken in again, and go over to another learner. */
import type { Database } from '../open-database.ts'

/** All three run inside one transaction of whoever calls them, and done twice change nothing the second time. */
export interface Holding<Part> {
  read(db: Database, learner: string): Promise<Part>
  /** What the learner has already stays. */
  take(db: Database, learner: string, part: Part): Promise<void>
  /** Whatever is left with `from` goes with it. */
  join(db: Database, from: string, to: string): Promise<void>
}
