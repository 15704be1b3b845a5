/** After a free answer: one holds it against the points of a good one, by one's own honest count. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { QuestionView, Verdict } from '@drydock/sandbox-server/contract'
import { Asked } from '../quiz/asked.tsx'
import { PointsList, toggle } from '../quiz/points-list.tsx'
import { KeysLegend } from '../practice/keys-legend.tsx'
import { useKeys } from '../practice/use-keys.ts'

export interface RateProps {
  question: QuestionView
  label: string
  verdict: Verdict
  sending: boolean
  said: string
  onPoints: (points: string[]) => void
}

export function RateScreen({ question, label, verdict, sending, said, onPoints }: RateProps) {
  const [points, setPoints] = useState<string[]>([])
  const heading = useRef<HTMLParagraphElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const rubric = verdict.rubric ?? []
  const part = useKeys((event, focus) => {
    const point = rubric[Number(event.key) - 1]
    if (point && !event.ctrlKey && !event.metaKey && !event.altKey) setPoints((before) => toggle(before, point.id))
    else if (event.key === 'Enter' && focus === 'other' && !sending) onPoints(points)
    else return false
    return true
  })
  return (
    <section class="question one-question" ref={part} aria-label="Your answer against the rubric">
      <Asked label={label} question={question} />
      {verdict.answer && 'text' in verdict.answer && (
        <div class="said">
          <p class="label">Your answer</p>
          <p>{verdict.answer.text}</p>
        </div>
      )}
      <p class="result" ref={heading} tabIndex={-1}>
        Be your own interviewer: tick what you really said.
      </p>
      <PointsList all={rubric} points={points} onPoints={setPoints} said="" numbered />
      <div class="row">
        <button type="button" class="solid" disabled={sending} onClick={() => onPoints(points)}>
          {`I said ${points.length} of ${rubric.length}. Next`}
        </button>
        <span class="fine" role="status">
          {said}
        </span>
      </div>
      <KeysLegend
        all={[
          { keys: '1–9', does: 'ticks a point' },
          { keys: 'Enter', does: 'goes on' },
        ]}
      />
    </section>
  )
}
