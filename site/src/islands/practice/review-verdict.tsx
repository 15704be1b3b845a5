/** After an answer in practice: key and explanations, the model answer, and when it comes again. A free answer is rated first. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PracticeItem, PracticeVerdict } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import { TaskMarkIcon } from '../lab/task-mark.tsx'
import { Asked } from '../quiz/asked.tsx'
import { PointsList, toggle } from '../quiz/points-list.tsx'
import { VerdictView } from '../quiz/verdict-view.tsx'
import { formatDays } from './format-days.ts'
import { KeysLegend } from './keys-legend.tsx'
import { SpokenAnswer } from './spoken-answer.tsx'
import { useKeys } from './use-keys.ts'

export interface ReviewVerdictProps {
  item: PracticeItem
  label: string
  result: PracticeVerdict
  /** Where one learns it. */
  lesson: { href: string; title: string } | null
  onRated: (result: PracticeVerdict) => void
  onNext: () => void
}

export function ReviewVerdict({ item, label, result, lesson, onRated, onNext }: ReviewVerdictProps) {
  const { verdict, spoken, due } = result
  const [points, setPoints] = useState<string[]>(verdict.points ?? [])
  const [said, setSaid] = useState('')
  const heading = useRef<HTMLParagraphElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const rubric = verdict.correct === null ? (verdict.rubric ?? []) : []
  const goOn = async () => {
    if (due !== null) return onNext()
    const answer = await api.rateItem({ id: verdict.id, points })
    if (answer.ok) onRated(answer.value)
    else setSaid(answer.problem.message)
  }
  const part = useKeys((event, focus) => {
    const point = rubric[Number(event.key) - 1]
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (due === null && point && plain) setPoints((before) => toggle(before, point.id))
    else if (event.key === 'Enter' && focus === 'other') void goOn()
    else return false
    return true
  })
  const mark = verdict.correct === null ? 'idle' : verdict.correct ? 'done' : 'broken'
  return (
    <section class={`question one-question is-${mark}`} ref={part} aria-label="What there is to say">
      <Asked label={label} question={item.question} />
      <p class="result" ref={heading} tabIndex={-1}>
        <TaskMarkIcon mark={mark} />
        {verdict.correct === null
          ? 'Now compare.'
          : verdict.correct
            ? 'Right.'
            : verdict.answer === null
              ? 'Now you do.'
              : 'Not right.'}
        {due !== null && <span class="fine">{`It comes again ${formatDays(due - Date.now())}.`}</span>}
      </p>
      <VerdictView question={item.question} verdict={verdict}>
        {due === null ? (
          <PointsList all={rubric} points={points} onPoints={setPoints} said="" numbered />
        ) : (
          <p class="fine">{`${verdict.points?.length ?? 0} of ${verdict.rubric?.length ?? 0} points, by your own count.`}</p>
        )}
      </VerdictView>
      {spoken && <SpokenAnswer spoken={spoken} />}
      <div class="row">
        <button type="button" class="solid" onClick={() => void goOn()}>
          {due === null ? `I said ${points.length} of ${rubric.length}` : 'Next'}
        </button>
        {lesson && (
          <a href={lesson.href} target="_blank" rel="noopener">
            {`Read it again: ${lesson.title}`}
          </a>
        )}
        <span class="fine" role="status">
          {said}
        </span>
      </div>
      <KeysLegend
        all={[...(due === null ? [{ keys: '1–9', does: 'ticks a point' }] : []), { keys: 'Enter', does: 'goes on' }]}
      />
    </section>
  )
}
