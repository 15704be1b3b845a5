/** The rubric of a free answer that is kept: each tick is told to the server at once. */
import { useState } from 'preact/hooks'
import type { Verdict } from '@drydock/sandbox-server/contract'
import type { Answer } from '../client/http.ts'
import { useChosen } from '../client/use-chosen.ts'
import { PointsList } from './points-list.tsx'

export interface RubricProps {
  verdict: Verdict
  /** Undefined in its value: kept, and nothing else is said. */
  rate: (points: string[]) => Promise<Answer<unknown>>
}

export function Rubric({ verdict, rate }: RubricProps) {
  const [kept, setKept] = useState<string[]>(verdict.points ?? [])
  const [said, setSaid] = useState('')
  const all = verdict.rubric ?? []
  const [points, tick] = useChosen(kept, async (next) => {
    const answer = await rate(next)
    if (answer.ok) setKept(next)
    setSaid(answer.ok ? `${next.length} of ${all.length} points, kept.` : answer.problem.message)
  })
  const before = verdict.points ? `${verdict.points.length} of ${all.length} points.` : ''
  return <PointsList all={all} points={points} onPoints={tick} said={said || before} />
}
