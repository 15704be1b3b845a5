/** A question to the class: answered once, then one sees how the class does. */
import type { QuizState } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { InlineCode } from '../lab/inline-code.tsx'
import { AnswerForm } from '../quiz/answer-form.tsx'
import { asks } from '../quiz/asks.ts'
import { beginDraft, describeMissing, type Draft } from '../quiz/draft.ts'
import { QuizResults } from '../workshop/quiz-results.tsx'
import { classApi } from './class-api.ts'
import { mine, quiz, takeAnswered } from './class-store.ts'

export function QuizPanel({ shop }: { shop: string }) {
  const [closed, setClosed] = useState<string | null>(null)
  const state = quiz.value
  if (!state || closed === state.id) return null
  return (
    <section class="quiz class-quiz" aria-label="A question to the class">
      {state.open && mine.value === null ? (
        <Question key={state.id} shop={shop} state={state} />
      ) : (
        <>
          <QuizResults quiz={state} />
          {mine.value && (
            <p role="status">
              {mine.value.correct === null
                ? 'Your answer has arrived.'
                : mine.value.correct
                  ? 'Yours is right.'
                  : 'Yours is not right. The lesson says why.'}
            </p>
          )}
          <button type="button" class="quiet" onClick={() => setClosed(state.id)}>
            Close
          </button>
        </>
      )}
    </section>
  )
}

function Question({ shop, state: { id, question } }: { shop: string; state: QuizState }) {
  const [draft, setDraft] = useState<Draft>(() => beginDraft(question))
  const [said, setSaid] = useState('')
  const [sending, setSending] = useState(false)
  const name = `class-question-${question.id}`
  const send = async () => {
    const open = describeMissing(question, draft)
    setSaid(open ?? '')
    if (open !== undefined || draft === null) return
    setSending(true)
    const answer = await classApi.answer(shop, id, draft)
    setSending(false)
    if (answer.ok) takeAnswered(answer.value)
    else setSaid(answer.problem.message)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!sending) void send()
      }}
    >
      <p class="quiz-asked" id={`${name}-text`}>
        <InlineCode text={question.text} />
      </p>
      {question.show && (
        <pre class="quiz-code">
          <code>{question.show.code.trimEnd()}</code>
        </pre>
      )}
      <p class="fine" id={`${name}-how`}>
        {asks[question.form]}
      </p>
      <AnswerForm question={question} draft={draft} name={name} onDraft={setDraft} />
      <div class="row">
        <button type="submit" class="solid" disabled={sending}>
          Send
        </button>
        <span class="fine" role="status">
          {said}
        </span>
      </div>
    </form>
  )
}
