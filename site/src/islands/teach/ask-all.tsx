/** A question of a lesson to all at once, with results as they come in. */
import type { QuizView, WorkshopView } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { QuizResults } from '../workshop/quiz-results.tsx'
import { act, quiz, takeQuiz } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

export function AskAll({ shop }: { shop: WorkshopView }) {
  const [lesson, setLesson] = useState(shop.program[0]?.id ?? '')
  const [view, setView] = useState<QuizView | null>(null)
  const [question, setQuestion] = useState<string | null>(null)
  useEffect(() => {
    setView(null)
    setQuestion(null)
    let another = false
    void api.quiz(lesson, 1).then((answer) => answer.ok && !another && setView(answer.value))
    return () => void (another = true)
  }, [lesson])
  const asked = quiz.value
  const wanted = question ?? view?.questions[0]?.id ?? null
  const ask = async () => {
    if (wanted === null) return
    const state = await act(teachApi.askAll(shop.id, lesson, wanted), 'Asked.')
    if (state) takeQuiz(state)
  }
  const close = async () => {
    const state = await act(teachApi.closeQuiz(shop.id), 'Closed: all see what is right.')
    if (state) takeQuiz(state)
  }
  return (
    <section class="together-part" aria-labelledby="together-ask">
      <h3 id="together-ask">A question to all</h3>
      {asked && <QuizResults quiz={asked} />}
      {asked?.open ? (
        <div class="row">
          <button type="button" class="solid" onClick={() => void close()}>
            Close it and show what is right
          </button>
        </div>
      ) : (
        <div class="help-form">
          <label for="ask-lesson">Of</label>
          <select id="ask-lesson" value={lesson} onChange={({ currentTarget }) => setLesson(currentTarget.value)}>
            {shop.program.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
          <label for="ask-question">Question</label>
          <select
            id="ask-question"
            value={wanted ?? ''}
            disabled={wanted === null}
            onChange={({ currentTarget }) => setQuestion(currentTarget.value)}
          >
            {view?.questions.map(({ id, text }) => (
              <option key={id} value={id}>
                {text.replaceAll('`', '').slice(0, 90)}
              </option>
            ))}
            {wanted === null && <option value="">This lesson has no questions</option>}
          </select>
          <div class="row">
            <button type="button" class="solid" disabled={wanted === null} onClick={() => void ask()}>
              Ask all
            </button>
          </div>
        </div>
      )}
    </section>
  )
}
