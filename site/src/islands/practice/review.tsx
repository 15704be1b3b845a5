/** Practice, one thing after the other: what is due, or new questions of the bank. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { NextItemView, PracticeItem, PracticeVerdict, QuizAnswer } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import type { Problem } from '../client/http.ts'
import { countOf } from '../lab/clock.ts'
import { createAnswerId } from '../quiz/draft.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { QuestionScreen } from './question-screen.tsx'
import { ReviewVerdict } from './review-verdict.tsx'

export interface ReviewProps {
  /** Of lessons, by their id. */
  titles: Record<string, string>
  /** Of topics, by their id. */
  topics: Record<string, string>
}

const origins: Record<PracticeItem['origin'], string> = {
  bank: 'Interview question',
  quiz: 'From the questions after a lesson',
  task: 'From a lab',
}

export function Review({ titles, topics }: ReviewProps) {
  const [at, setAt] = useState<NextItemView | null>(null)
  const [result, setResult] = useState<PracticeVerdict | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [said, setSaid] = useState('')
  const [sending, setSending] = useState(false)
  const [done, setDone] = useState({ answered: 0, right: 0 })
  const answerId = useRef(createAnswerId())
  const shownAt = useRef(0)

  const load = async () => {
    const answer = await api.nextItem(queryOf(location.search))
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    answerId.current = createAnswerId()
    shownAt.current = performance.now()
    setResult(null)
    setSaid('')
    setAt(answer.value)
  }
  useEffect(() => void load(), [])

  const item = at?.item ?? null
  const send = async (given: QuizAnswer | null) => {
    if (!item) return
    setSending(true)
    const ms = Math.round(performance.now() - shownAt.current)
    const body = { id: answerId.current, item: item.item, turn: item.turn, answer: given, ms }
    const answer = await api.answerItem(body)
    setSending(false)
    if (!answer.ok) {
      if (answer.problem.code === 'ALREADY_ANSWERED') await load()
      return setSaid(answer.problem.message)
    }
    const { correct } = answer.value.verdict
    if (correct !== null) count(correct)
    setResult(answer.value)
  }
  const count = (right: boolean) =>
    setDone((before) => ({ answered: before.answered + 1, right: before.right + (right ? 1 : 0) }))

  if (problem)
    return <ServerTrouble what="What is to be practised comes" problem={problem} onRetry={() => void load()} />
  if (!at) return <p class="fine">Asking what is next …</p>
  const wish = new URLSearchParams(location.search)
  if (!item) return <AllDone {...done} fresh={wish.get('of') === 'new'} />
  const label = `${origins[item.origin]}, ${topics[item.topic] ?? item.topic}, ${item.question.level}`
  return (
    <div class="quiz review">
      <p class="review-progress">
        <span>{wish.get('of') === 'new' ? countOf(at.left, 'new question') : `${at.left} left`}</span>
        {done.answered > 0 && <span>{`${done.right} of ${done.answered} right in this sitting`}</span>}
        <a href="/practice/">Leave it for now</a>
      </p>
      {result ? (
        <ReviewVerdict
          item={item}
          label={label}
          result={result}
          lesson={item.lesson === null ? null : { href: `/${item.lesson}/`, title: titles[item.lesson] ?? item.lesson }}
          onRated={(rated) => {
            if (result.due === null)
              count((rated.verdict.points?.length ?? 0) * 2 >= (rated.verdict.rubric?.length ?? 0))
            setResult(rated)
          }}
          onNext={() => void load()}
        />
      ) : (
        <QuestionScreen
          key={`${item.item} ${item.turn}`}
          question={item.question}
          label={label}
          pass="I do not know"
          sending={sending}
          said={said}
          onSend={(given) => void send(given)}
        />
      )}
    </div>
  )
}

/** Only what the server knows of an address; anything else is left out. */
function queryOf(search: string): string {
  const wish = new URLSearchParams(search)
  const query = new URLSearchParams({ of: wish.get('of') === 'new' ? 'new' : 'due' })
  for (const name of ['topic', 'level']) {
    const value = wish.get(name)
    if (value !== null && /^[a-z][a-z0-9-]{0,40}$/.test(value)) query.set(name, value)
  }
  return query.toString()
}

function AllDone({ answered, right, fresh }: { answered: number; right: number; fresh: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class="all-done">
      <h2 ref={heading} tabIndex={-1}>
        {answered > 0
          ? `That is all: ${right} of ${answered} right.`
          : fresh
            ? 'You have met every question.'
            : 'Nothing is due.'}
      </h2>
      <p>
        {answered > 0
          ? 'What you knew comes back in a few days, what you did not, tomorrow. That is all there is to remember about it.'
          : fresh
            ? 'From here on they come back when they are due.'
            : 'Cards come back when you are about to forget them, not before.'}
      </p>
      <div class="row">
        {!fresh && (
          <a class="button solid" href="/practice/review/?of=new">
            New questions
          </a>
        )}
        <a class="button quiet" href="/practice/interview/">
          A mock interview
        </a>
        <a class="button quiet" href="/practice/">
          Back to practice
        </a>
      </div>
    </div>
  )
}
