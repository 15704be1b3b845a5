/** What stands in place of questions when the server has none to give: a copy of the pages without one, or one that does not answer. */
import type { Problem } from '../client/http.ts'

export interface TroubleProps {
  /** Begins the sentence that says where they would come from. */
  what: string
  problem: Problem
  onRetry: () => void
}

export function ServerTrouble({ what, problem, onRetry }: TroubleProps) {
  if (problem.code === 'NOT_OUR_SERVER' || problem.code === 'NOT_FOUND')
    return (
      <p class="quiz-trouble">
        {what} from the Drydock server, which also grades them, and this is a copy of the pages without one. Start it
        with <code>npm start</code> in a clone of the project.
      </p>
    )
  return (
    <div class="quiz-trouble" role="status">
      <p>{problem.message}</p>
      <button type="button" class="quiet" onClick={onRetry}>
        Try again
      </button>
    </div>
  )
}
