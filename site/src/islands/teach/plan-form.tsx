/** Plans a workshop: what is taught, when, for how many, and what is open from the start. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { fromField, listZones, toField } from '../workshop/zoned-time.ts'
import { type CourseTopic, ProgramPicker } from './program-picker.tsx'
import { teachApi } from './teach-api.ts'

const hour = 3_600_000
/** By days. */
const keeps: [number, string][] = [
  [0, 'not at all'],
  [1, 'for a day'],
  [7, 'for a week'],
  [30, 'for 30 days'],
]

export function PlanForm({ topics }: { topics: readonly CourseTopic[] }) {
  const zones = useMemo(listZones, [])
  const [zone, setZone] = useState(zones[0] ?? 'UTC')
  const [title, setTitle] = useState('')
  const [labs, setLabs] = useState<string[]>([])
  const [starts, setStarts] = useState(() => toField(Math.ceil(Date.now() / hour) * hour, zones[0] ?? 'UTC'))
  const [minutes, setMinutes] = useState(180)
  const [size, setSize] = useState(20)
  const [hints, setHints] = useState(true)
  const [solutions, setSolutions] = useState(false)
  const [keep, setKeep] = useState(7)
  const [door, setDoor] = useState<'open' | 'ask'>('open')
  const [wrong, setWrong] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const [mayTeach, setMayTeach] = useState(true)
  const alert = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    void teachApi.teach().then((answer) => setMayTeach(!answer.ok || answer.value.instructor))
  }, [])
  useEffect(() => void (wrong !== null && alert.current?.focus()), [wrong])

  const plan = async () => {
    const starts_at = fromField(starts, zone)
    if (labs.length === 0) return setWrong('A workshop needs at least one lesson: choose some from the course.')
    if (starts_at === null) return setWrong('The start is no date with a time: fill in both.')
    setSending(true)
    const answer = await teachApi.plan({
      ...{ title: title.trim(), labs, starts_at, minutes, zone, size },
      ...{ hints_open: hints, solutions_open: solutions, continue_days: keep, door },
    })
    setSending(false)
    if (answer.ok) location.assign(`/teach/workshop/?id=${answer.value.id}`)
    else setWrong(answer.problem.message)
  }
  if (!mayTeach)
    return (
      <p class="empty">
        Workshops are planned by instructors. <a href="/teach/">Become one in this browser</a> first.
      </p>
    )
  return (
    <form
      class="plan"
      onSubmit={(event) => {
        event.preventDefault()
        if (!sending) void plan()
      }}
    >
      <label class="field">
        <span>Title</span>
        <input
          type="text"
          required
          maxLength={80}
          placeholder="Docker for the payments team"
          value={title}
          onInput={({ currentTarget }) => setTitle(currentTarget.value)}
        />
      </label>
      <ProgramPicker topics={topics} chosen={labs} onChange={setLabs} />
      <div class="plan-when">
        <label class="field">
          <span>Begins</span>
          <input
            type="datetime-local"
            required
            value={starts}
            onInput={({ currentTarget }) => setStarts(currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Time zone</span>
          <select value={zone} onChange={({ currentTarget }) => setZone(currentTarget.value)}>
            {zones.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Minutes</span>
          <input
            type="number"
            min={5}
            max={1440}
            step={5}
            required
            value={minutes}
            onInput={({ currentTarget }) => setMinutes(currentTarget.valueAsNumber)}
          />
        </label>
        <label class="field">
          <span>Learners at most</span>
          <input
            type="number"
            min={1}
            max={200}
            required
            value={size}
            onInput={({ currentTarget }) => setSize(currentTarget.valueAsNumber)}
          />
        </label>
      </div>
      <fieldset class="plan-open">
        <legend>Open from the start</legend>
        <label class="choice">
          <input type="checkbox" checked={hints} onChange={() => setHints(!hints)} />
          <span>
            <strong>Hints</strong> <small>Learners open them one by one; each is counted.</small>
          </span>
        </label>
        <label class="choice">
          <input type="checkbox" checked={solutions} onChange={() => setSolutions(!solutions)} />
          <span>
            <strong>Solutions</strong> <small>Otherwise you open them for the class, or bring somebody there.</small>
          </span>
        </label>
      </fieldset>
      <fieldset class="plan-open">
        <legend>Who has the code</legend>
        {(['open', 'ask'] as const).map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="door" checked={door === each} onChange={() => setDoor(each)} />
            <span>
              {each === 'open'
                ? 'is in at once, while there are places'
                : 'waits until you let them in, one by one or all'}
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Afterwards, learners may go on</span>
        <select value={keep} onChange={({ currentTarget }) => setKeep(Number(currentTarget.value))}>
          {keeps.map(([days, words]) => (
            <option key={days} value={days}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {wrong !== null && (
        <p class="said is-bad" role="alert" tabIndex={-1} ref={alert}>
          {wrong}
        </p>
      )}
      <div class="row">
        <button type="submit" class="solid big" disabled={sending}>
          {sending ? 'Planning …' : 'Plan it and get the link'}
        </button>
        <a class="button quiet big" href="/teach/">
          Cancel
        </a>
      </div>
    </form>
  )
}
