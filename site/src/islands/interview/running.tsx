/** A running interview: how far one is, the clock, and the question that is asked. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { InterviewAnswer, InterviewView } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import type { Answer } from '../client/http.ts'
import { formatLeft, now, watchClock } from '../lab/clock.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { QuestionScreen } from '../practice/question-screen.tsx'
import { createAnswerId } from '../quiz/draft.ts'
import { LiveScreen } from './live-screen.tsx'
import { RateScreen } from './rate-screen.tsx'

export interface RunningProps {
  view: InterviewView
  titles: Record<string, string>
  topics: Record<string, string>
  onView: (view: InterviewView) => void
  onReload: () => Promise<void>
}

export function Running({ view, titles, topics, onView, onReload }: RunningProps) {
  const [said, setSaid] = useState('')
  const [sending, setSending] = useState(false)
  /** The server's clock minus ours. */
  const skew = useRef(0)
  const ids = useRef(new Map<number, string>())
  useEffect(watchClock, [])
  useEffect(() => void (skew.current = view.now - Date.now()), [view])
  const left = view.ends_at - skew.current - (now.value || Date.now())
  const over = left < -6000
  // The server knows when it is over; it is asked once then.
  useEffect(() => {
    if (over) void onReload()
  }, [over])

  const { current } = view
  if (!current) return null
  const tell = async (asked: Promise<Answer<InterviewView>>) => {
    setSending(true)
    const answer = await asked
    setSending(false)
    setSaid(answer.ok ? '' : answer.problem.message)
    if (answer.ok) return onView(answer.value)
    // Another window was faster, or the time is over: what is true now is shown.
    if (answer.problem.code === 'ALREADY_ANSWERED' || answer.problem.code === 'INTERVIEW_OVER') await onReload()
  }
  // The same id when it is sent again, so that an answer that arrived counts once.
  const idOf = (turn: number) => {
    const id = ids.current.get(turn) ?? createAnswerId()
    ids.current.set(turn, id)
    return id
  }
  const { turn } = current
  const send = (answer: InterviewAnswer) => void tell(api.answerInterview(view.id, { id: idOf(turn), turn, answer }))
  const label = `${topics[current.topic] ?? current.topic}, ${current.level}`
  const common = { sending, said, label }
  return (
    <div class="quiz interview">
      <div class="interview-bar">
        <p>
          <strong>{`Question ${turn + 1}`}</strong> {`of ${view.questions}`}
        </p>
        <p class={left < 120_000 ? 'interview-clock soon' : 'interview-clock'}>
          <time aria-live="off">{formatLeft(left)}</time> left
        </p>
        <ConfirmButton
          label="End it"
          question="What you answered until now goes into the report. What was not reached is listed there."
          yes="End the interview"
          no="Go on"
          onConfirm={() => void tell(api.endInterview(view.id))}
        />
      </div>
      <progress class="interview-progress" max={view.questions} value={turn} aria-label="Questions answered" />
      {current.live ? (
        <LiveScreen
          key={turn}
          {...common}
          text={current.text}
          live={current.live}
          titles={titles}
          skew={skew.current}
          onBegin={(replace) => api.beginLive(view.id, { turn, replace })}
          onView={onView}
          onSend={send}
        />
      ) : current.rate && current.question ? (
        <RateScreen
          key={`${turn} rate`}
          {...common}
          question={current.question}
          verdict={current.rate}
          onPoints={(points) => void tell(api.rateInterview(view.id, { turn, points }))}
        />
      ) : (
        current.question && (
          <QuestionScreen key={turn} {...common} question={current.question} pass="Pass" onSend={send} />
        )
      )}
    </div>
  )
}
