/** The questions after a lesson: asks the server for them, shows how far one is, and begins anew. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { QuizView, Verdict } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import type { Problem } from '../client/http.ts'
import { browserWorld } from '../client/reconnecting-socket.ts'
import { QuestionCard } from './question-card.tsx'
import { newSeed, recallSeed } from './seed.ts'
import { ServerTrouble } from './server-trouble.tsx'

export interface QuizSectionProps {
  lesson: string
  count: number
}

export function QuizSection({ lesson, count }: QuizSectionProps) {
  const [quiz, setQuiz] = useState<QuizView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [verdicts, setVerdicts] = useState<Record<string, Verdict | null>>({})
  /** Counts the times one began anew: answers of before are left alone then. */
  const [round, setRound] = useState(0)
  const heading = useRef<HTMLParagraphElement>(null)

  const load = async (seed: number, fresh: boolean) => {
    const answer = await api.quiz(lesson, seed)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setQuiz(answer.value)
    setVerdicts(Object.fromEntries(answer.value.questions.map((each) => [each.id, fresh ? null : each.last])))
  }
  useEffect(() => void load(recallSeed(lesson), false), [lesson])
  useEffect(() => {
    if (problem?.code === 'UNREACHABLE') return browserWorld.onAwake(() => void load(recallSeed(lesson), false))
    return undefined
  }, [problem, lesson])

  if (!quiz)
    return problem ? (
      <ServerTrouble what="The questions come" problem={problem} onRetry={() => void load(recallSeed(lesson), false)} />
    ) : (
      <p class="fine">{count === 1 ? 'One question' : `${count} questions`}</p>
    )

  const all = Object.values(verdicts)
  const answered = all.filter((each) => each !== null)
  const right = answered.filter((each) => each.correct === true).length
  const free = answered.filter((each) => each.correct === null).length
  const begin = async () => {
    await load(newSeed(lesson), true)
    setRound(round + 1)
    heading.current?.focus()
  }
  return (
    <>
      <p class="quiz-progress" ref={heading} tabIndex={-1}>
        {describeProgress(quiz.questions.length, answered.length, right, free)}
      </p>
      <ol class="questions">
        {quiz.questions.map((question, i) => (
          <QuestionCard
            key={`${question.id} ${round}`}
            lesson={lesson}
            question={question}
            number={i + 1}
            verdict={verdicts[question.id] ?? null}
            onVerdict={(verdict) => setVerdicts((before) => ({ ...before, [question.id]: verdict }))}
          />
        ))}
      </ol>
      {answered.length > 0 && (
        <button type="button" class="quiet" onClick={() => void begin()}>
          Shuffle and answer all again
        </button>
      )}
    </>
  )
}

function describeProgress(total: number, answered: number, right: number, free: number): string {
  if (answered === 0) return `${total} questions. Nobody keeps score but you; each answer is explained.`
  const judged = answered - free
  const score = judged === 0 ? '' : `, ${right} of ${judged} right`
  return answered === total ? `All ${total} answered${score}.` : `${answered} of ${total} answered${score}.`
}
