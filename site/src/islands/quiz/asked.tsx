/** What is asked: to what it belongs, the question, and code to look at. */
import type { Ref } from 'preact'
import type { QuestionView } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'

export interface AskedProps {
  label: string
  question: Pick<QuestionView, 'text'> & Partial<Pick<QuestionView, 'show'>>
  /** Names what is to be answered. */
  id?: string
  /** Where the focus goes when it is asked. */
  at?: Ref<HTMLDivElement>
}

export const Asked = ({ label, question: { text, show }, id, at }: AskedProps) => (
  <>
    <div class="asked" {...(at && { ref: at, tabIndex: -1 })} {...(id !== undefined && { id })}>
      <span class="label">{label}</span>
      <p>
        <InlineCode text={text} />
      </p>
    </div>
    {show && (
      <pre class="quiz-code">
        <code>{show.code.trimEnd()}</code>
      </pre>
    )}
  </>
)
