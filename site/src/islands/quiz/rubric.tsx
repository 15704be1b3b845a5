/** The points of a good answer, ticked by whoever wrote theirs; the server keeps what was ticked. */
import { useState } from 'preact/hooks'
import type { Verdict } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import { InlineCode } from '../lab/inline-code.tsx'

export interface RubricProps {
  lesson: string
  question: string
  verdict: Verdict
  onVerdict: (verdict: Verdict) => void
}

export function Rubric({ lesson, question, verdict, onVerdict }: RubricProps) {
  const [points, setPoints] = useState<string[]>(verdict.points ?? [])
  const [said, setSaid] = useState('')
  const all = verdict.rubric ?? []
  const tick = async (id: string) => {
    const next = points.includes(id) ? points.filter((each) => each !== id) : [...points, id]
    setPoints(next)
    const answer = await api.ratePoints(lesson, question, { id: verdict.id, points: next })
    setSaid(answer.ok ? `${next.length} of ${all.length} points, kept.` : answer.problem.message)
    if (answer.ok) onVerdict(answer.value)
  }
  return (
    <fieldset class="rubric">
      <legend>Which of these did you say?</legend>
      {all.map(({ id, text }) => (
        <label key={id} class="choice">
          <input type="checkbox" checked={points.includes(id)} onChange={() => void tick(id)} />
          <span>
            <InlineCode text={text} />
          </span>
        </label>
      ))}
      <p class="fine" role="status">
        {said || (verdict.points && `${verdict.points.length} of ${all.length} points.`)}
      </p>
    </fieldset>
  )
}
