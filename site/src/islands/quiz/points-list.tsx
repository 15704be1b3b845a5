/** The points of a good answer, to be ticked by whoever wrote theirs. */
import type { Choice } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'

export interface PointsProps {
  all: readonly Choice[]
  points: readonly string[]
  onPoints: (points: string[]) => void
  /** What was done about the last tick. */
  said: string
  /** Each shows the number key that ticks it. */
  numbered?: boolean
}

export function PointsList({ all, points, onPoints, said, numbered = false }: PointsProps) {
  return (
    <fieldset class="rubric">
      <legend>Which of these did you say?</legend>
      {all.map(({ id, text }, i) => (
        <label key={id} class="choice">
          <input type="checkbox" checked={points.includes(id)} onChange={() => onPoints(toggle(points, id))} />
          <span>
            <InlineCode text={text} />
          </span>
          {numbered && <kbd aria-hidden="true">{i + 1}</kbd>}
        </label>
      ))}
      <p class="fine" role="status">
        {said}
      </p>
    </fieldset>
  )
}

export const toggle = (points: readonly string[], id: string): string[] =>
  points.includes(id) ? points.filter((each) => each !== id) : [...points, id]
