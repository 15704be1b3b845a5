/** What the controls of every form of question are given. */
import type { QuestionView } from '@drydock/sandbox-server/contract'
import type { Draft } from './draft.ts'

export interface FormProps {
  question: QuestionView
  draft: Draft
  /** Begins the names and ids of what is in here; `<name>-text` and `<name>-how` are the question and what to do. */
  name: string
  onDraft: (draft: Draft) => void
  /** Each choice shows the number key that chooses it. */
  numbered?: boolean
}
