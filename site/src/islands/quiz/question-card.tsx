/** One question: what is asked, the form to answer it, and after that what was said to the answer. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { QuestionView, Verdict } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import { TaskMarkIcon } from '../lab/task-mark.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Asked } from './asked.tsx'
import { asks } from './asks.ts'
import { beginDraft, createAnswerId, describeMissing, type Draft } from './draft.ts'
import { Rubric } from './rubric.tsx'
import { VerdictView } from './verdict-view.tsx'

export interface QuestionCardProps {
  lesson: string
  question: QuestionView
  number: number
  /** On the last answer; null while there is none, or one answers again. */
  verdict: Verdict | null
  onVerdict: (verdict: Verdict | null) => void
}

export function QuestionCard({ lesson, question, number, verdict, onVerdict }: QuestionCardProps) {
  const [draft, setDraft] = useState<Draft>(() => beginDraft(question))
  const [said, setSaid] = useState('')
  const [sending, setSending] = useState(false)
  const answerId = useRef(createAnswerId())
  const result = useRef<HTMLParagraphElement>(null)
  const legend = useRef<HTMLDivElement>(null)
  const moved = useRef<'result' | 'question' | null>(null)
  useEffect(() => {
    if (moved.current === 'result') result.current?.focus()
    if (moved.current === 'question') legend.current?.focus()
    moved.current = null
  }, [verdict])

  const send = async (event: Event) => {
    event.preventDefault()
    const missing = describeMissing(question, draft)
    if (missing !== undefined || draft === null) return setSaid(missing ?? '')
    setSending(true)
    setSaid('')
    const answer = await api.answer(lesson, question.id, { id: answerId.current, answer: draft })
    setSending(false)
    if (!answer.ok) return setSaid(answer.problem.message)
    moved.current = 'result'
    answerId.current = createAnswerId()
    onVerdict(answer.value)
  }
  const rate = async (points: string[]) => {
    const answer = await api.ratePoints(lesson, question.id, { id: verdict?.id ?? '', points })
    if (answer.ok) onVerdict(answer.value)
    return answer
  }
  const again = () => {
    moved.current = 'question'
    setDraft(beginDraft(question))
    onVerdict(null)
  }

  const name = `question-${question.id}`
  return (
    <li class={`question ${verdict ? `is-${markOf(verdict)}` : ''}`} id={name}>
      <form onSubmit={(event) => void send(event)} aria-labelledby={`${name}-text`}>
        <Asked label={`Question ${number}, ${question.level}`} question={question} id={`${name}-text`} at={legend} />
        {verdict ? (
          <>
            <p class="result" ref={result} tabIndex={-1}>
              <TaskMarkIcon mark={markOf(verdict)} />
              {words[markOf(verdict)]}
            </p>
            <VerdictView question={question} verdict={verdict}>
              <Rubric verdict={verdict} rate={rate} />
            </VerdictView>
            <button type="button" class="quiet" onClick={again}>
              Answer again
            </button>
          </>
        ) : (
          <>
            <p class="fine" id={`${name}-how`}>
              {asks[question.form]}
            </p>
            <AnswerForm question={question} draft={draft} name={name} onDraft={setDraft} />
            <div class="row">
              <button type="submit" class="quiet" disabled={sending}>
                {sending ? 'Asking …' : 'Check the answer'}
              </button>
              <span class="fine" role="status">
                {said}
              </span>
            </div>
          </>
        )}
      </form>
    </li>
  )
}

const markOf = ({ correct }: Verdict) => (correct === null ? 'idle' : correct ? 'done' : 'broken')
const words = { done: 'Right.', broken: 'Not right.', idle: 'Now compare.' } as const
