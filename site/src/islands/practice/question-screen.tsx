/** One question that has the screen for itself: numbers choose, Enter sends, and one may pass it over. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { QuestionView, QuizAnswer } from '@drydock/sandbox-server/contract'
import { AnswerForm } from '../quiz/answer-form.tsx'
import { Asked } from '../quiz/asked.tsx'
import { asks } from '../quiz/asks.ts'
import { beginDraft, describeMissing, type Draft } from '../quiz/draft.ts'
import { KeysLegend } from './keys-legend.tsx'
import { decideKey, keysOf } from './number-keys.ts'
import { useKeys } from './use-keys.ts'

export interface ScreenProps {
  question: QuestionView
  /** Above the question: what it belongs to. */
  label: string
  /** The word on the button that passes it over. */
  pass: string
  sending: boolean
  /** What the server said to the last attempt. */
  said: string
  onSend: (answer: QuizAnswer | null) => void
}

export function QuestionScreen({ question, label, pass, sending, said, onSend }: ScreenProps) {
  const [draft, setDraft] = useState<Draft>(() => beginDraft(question))
  const [missing, setMissing] = useState('')
  const asked = useRef<HTMLDivElement>(null)
  const name = `question-${question.id}`
  const send = () => {
    const open = describeMissing(question, draft)
    setMissing(open ?? '')
    if (open === undefined && !sending) onSend(draft)
  }
  const part = useKeys((event, focus) => {
    const deed = decideKey(event, focus, question, draft, name)
    if (deed === 'send') send()
    else if (deed && 'draft' in deed) setDraft(deed.draft)
    else if (deed) document.getElementById(deed.focus)?.focus()
    return deed !== undefined
  })
  useEffect(() => {
    const field = part.current?.querySelector<HTMLElement>('textarea, input[type="text"]')
    ;(field ?? asked.current)?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [])
  const { digits, enter } = keysOf[question.form]
  return (
    <section class="question one-question" ref={part} aria-labelledby={`${name}-text`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Asked label={label} question={question} id={`${name}-text`} at={asked} />
        <p class="fine" id={`${name}-how`}>
          {asks[question.form]}
        </p>
        <AnswerForm question={question} draft={draft} name={name} onDraft={setDraft} numbered />
        <div class="row">
          <button type="submit" class="solid" disabled={sending}>
            {sending ? 'Sending …' : 'Send'}
          </button>
          <button type="button" class="quiet" disabled={sending} onClick={() => onSend(null)}>
            {pass}
          </button>
          <span class="fine" role="status">
            {missing || said}
          </span>
        </div>
        <KeysLegend all={[...(digits ? [{ keys: '1–9', does: digits }] : []), { keys: enter, does: 'sends' }]} />
      </form>
    </section>
  )
}
