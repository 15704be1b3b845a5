/** A live question: what the interviewer says, a machine with something wrong, and a clock. The lab comes without its lesson and hints. */
import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { InterviewAnswer, InterviewView } from '@drydock/sandbox-server/contract'
import type { Answer, Problem } from '../client/http.ts'
import { countOf, formatLeft, now } from '../lab/clock.ts'
import type { LabPaneProps } from '../lab/lab-pane.tsx'
import { KeysLegend } from '../practice/keys-legend.tsx'
import { useKeys } from '../practice/use-keys.ts'
import { Asked } from '../quiz/asked.tsx'

export interface LiveProps {
  text: string
  label: string
  live: NonNullable<NonNullable<InterviewView['current']>['live']>
  titles: Record<string, string>
  skew: number
  sending: boolean
  said: string
  onBegin: (replace: boolean) => Promise<Answer<InterviewView>>
  onView: (view: InterviewView) => void
  onSend: (answer: InterviewAnswer) => void
}

export function LiveScreen(props: LiveProps) {
  const { text, label, live, skew, sending, said, onSend } = props
  if (live.began_at === null) return <BeforeLive {...props} />
  const left = (live.ends_at ?? 0) - skew - (now.value || Date.now())
  return (
    <>
      <section class="live-question" aria-label="The question">
        <Asked label={label} question={{ text }} />
        <div class="row">
          <p class={left < 60_000 ? 'interview-clock soon' : 'interview-clock'}>
            {left > 0 ? (
              <>
                <time aria-live="off">{formatLeft(left)}</time> for this machine
              </>
            ) : (
              'Its time is over. What you did until then counts.'
            )}
          </p>
          <button type="button" class="solid" disabled={sending} onClick={() => onSend({ form: 'live' })}>
            {left > 0 ? 'I am done' : 'Go on'}
          </button>
          <span class="fine" role="status">
            {said}
          </span>
        </div>
      </section>
      <Machine {...props} />
    </>
  )
}

function BeforeLive({ text, label, live, sending, said, onBegin, onView, onSend }: LiveProps) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [starting, setStarting] = useState(false)
  const asked = useRef<HTMLDivElement>(null)
  useEffect(() => asked.current?.focus({ preventScroll: true }), [])
  const begin = async (replace: boolean) => {
    setStarting(true)
    const answer = await onBegin(replace)
    setStarting(false)
    if (answer.ok) onView(answer.value)
    else setProblem(answer.problem)
  }
  const inTheWay = problem?.code === 'SESSION_LIMIT'
  const part = useKeys((event, focus) => {
    if (event.key !== 'Enter' || focus !== 'other' || starting) return false
    void begin(inTheWay)
    return true
  })
  return (
    <section class="question one-question" ref={part} aria-labelledby="live-text">
      <Asked label={`${label}, live`} question={{ text }} id="live-text" at={asked} />
      <p>
        {`A machine of your own, root included, with something wrong on it. You have ${countOf(live.minutes, 'minute')} from the moment it is asked for; the clock of the interview goes on meanwhile.`}
      </p>
      {problem && (
        <p class="problem" role="alert">
          {inTheWay
            ? 'You have another lab running. Its files and finished tasks are kept when it ends.'
            : problem.message}
        </p>
      )}
      <div class="row">
        <button type="button" class="solid" disabled={starting} onClick={() => void begin(inTheWay)}>
          {starting
            ? 'Starting …'
            : inTheWay
              ? 'End it and start this machine'
              : problem
                ? 'Try again'
                : 'Start the machine'}
        </button>
        <button type="button" class="quiet" disabled={sending} onClick={() => onSend(null)}>
          Pass
        </button>
        <span class="fine" role="status">
          {said}
        </span>
      </div>
      <KeysLegend all={[{ keys: 'Enter', does: 'starts it' }]} />
    </section>
  )
}

/** The lab's pane comes when a machine is asked for: no other question needs it. */
function Machine({ live, titles }: LiveProps) {
  const [Pane, setPane] = useState<ComponentType<LabPaneProps> | null>(null)
  useEffect(() => {
    void import('../lab/lab-pane.tsx').then(({ LabPane }) => setPane(() => LabPane))
  }, [])
  return <div class="live-machine">{Pane && <Pane outline={live.lab} titles={titles} />}</div>
}
