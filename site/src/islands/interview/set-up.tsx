/** Before an interview: level, minutes, topics, and whether broken machines are part of it. */
import { useEffect, useState } from 'preact/hooks'
import type { InterviewList, InterviewView } from '@drydock/sandbox-server/contract'
import { api } from '../client/api.ts'
import type { Problem } from '../client/http.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'

const levels = {
  junior: 'The first year: what things are, and the commands of every day.',
  mid: 'Works with it daily: why it behaves like that, and what to type first.',
  senior: 'Decides for others: trade-offs, production, what goes wrong at night.',
} as const
type Level = keyof typeof levels

export interface SetUpProps {
  topics: Record<string, string>
  onBegun: (view: InterviewView) => void
}

export function SetUp({ topics, onBegun }: SetUpProps) {
  const [list, setList] = useState<InterviewList | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [level, setLevel] = useState<Level>('mid')
  const [minutes, setMinutes] = useState(30)
  const [left, setLeft] = useState<string[]>([])
  const [live, setLive] = useState(true)
  const [said, setSaid] = useState('')
  const load = async () => {
    const answer = await api.interviews()
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setList(answer.value)
  }
  useEffect(() => void load(), [])
  if (problem) return <ServerTrouble what="Interviews come" problem={problem} onRetry={() => void load()} />
  if (!list) return <p class="fine">Looking at the questions …</p>
  if (list.bank.length === 0) return <p class="quiz-trouble">There are no interview questions on this server yet.</p>

  const known = Object.keys(topics).filter((topic) => list.bank.some((each) => each.topic === topic))
  const chosen = known.filter((topic) => !left.includes(topic))
  const begin = async (replace: boolean) => {
    if (chosen.length === 0) return setSaid('Choose a topic first.')
    const answer = await api.beginInterview({ topics: chosen, level, minutes, live, replace })
    if (answer.ok) onBegun(answer.value)
    else if (answer.problem.code === 'INTERVIEW_RUNS') await load()
    else setSaid(answer.problem.message)
  }
  return (
    <form
      class="set-up"
      onSubmit={(event) => {
        event.preventDefault()
        if (!list.running) void begin(false)
      }}
    >
      {list.running && (
        <div class="quiz-trouble" role="status">
          <p>You have an interview running. Its clock goes on.</p>
          <div class="row">
            <a class="button solid" href={`/practice/interview/?id=${list.running}`}>
              Go on with it
            </a>
            <button type="button" class="quiet" onClick={() => void begin(true)}>
              End it and begin this one
            </button>
          </div>
        </div>
      )}
      <fieldset>
        <legend>Level</legend>
        {(Object.keys(levels) as Level[]).map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="level" checked={level === each} onChange={() => setLevel(each)} />
            <span>
              <strong>{each}</strong> <small>{levels[each]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="minutes">
        <label for="minutes">Minutes</label>
        <input
          id="minutes"
          type="range"
          min={15}
          max={60}
          step={5}
          value={minutes}
          onInput={(event) => setMinutes(Number(event.currentTarget.value))}
        />
        <output for="minutes">{minutes}</output>
      </div>
      <fieldset>
        <legend>Topics</legend>
        <div class="topic-choices">
          {known.map((topic) => (
            <label key={topic} class="choice">
              <input
                type="checkbox"
                checked={chosen.includes(topic)}
                onChange={() =>
                  setLeft(chosen.includes(topic) ? [...left, topic] : left.filter((each) => each !== topic))
                }
              />
              <span>{topics[topic]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label class="choice">
        <input type="checkbox" checked={live} onChange={() => setLive(!live)} />
        <span>
          <strong>Broken machines</strong>{' '}
          <small>From 16 minutes on, one of the questions is a real machine with something wrong, and a clock.</small>
        </span>
      </label>
      <div class="row">
        <button type="submit" class="solid big" disabled={list.running !== null}>
          {`Begin: ${minutes} minutes, ${level}`}
        </button>
        <span class="fine" role="status">
          {said}
        </span>
      </div>
      <p class="fine">
        Nothing is said about your answers until the end. Free answers you rate yourself against a rubric; no machine
        pretends to judge them. A reload goes on where you were; the clock does not stop.
      </p>
    </form>
  )
}
