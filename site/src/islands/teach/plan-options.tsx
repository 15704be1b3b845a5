/** What is open from the start, who comes in, and what learners have afterwards. */
import type { PlanDraft } from './plan-draft.ts'

/** By days. */
const keeps: [number, string][] = [
  [0, 'not at all'],
  [1, 'for a day'],
  [7, 'for a week'],
  [30, 'for 30 days'],
]
const doors = {
  open: 'is in at once, while there are places',
  ask: 'waits until you let them in, one by one or all',
} as const

interface OptionsProps {
  plan: PlanDraft
  onChange: (part: Partial<PlanDraft>) => void
}

export function PlanOptions({ plan, onChange }: OptionsProps) {
  return (
    <>
      <fieldset class="plan-open">
        <legend>Open from the start</legend>
        <label class="choice">
          <input
            type="checkbox"
            checked={plan.hints_open}
            onChange={() => onChange({ hints_open: !plan.hints_open })}
          />
          <span>
            <strong>Hints</strong> <small>Learners open them one by one; each is counted.</small>
          </span>
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={plan.solutions_open}
            onChange={() => onChange({ solutions_open: !plan.solutions_open })}
          />
          <span>
            <strong>Solutions</strong> <small>Otherwise you open them for the class, or bring somebody there.</small>
          </span>
        </label>
      </fieldset>
      <fieldset class="plan-open">
        <legend>Who has the code</legend>
        {(['open', 'ask'] as const).map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="door" checked={plan.door === each} onChange={() => onChange({ door: each })} />
            <span>{doors[each]}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Afterwards, learners may go on</span>
        <select
          value={plan.continue_days}
          onChange={({ currentTarget }) => onChange({ continue_days: Number(currentTarget.value) })}
        >
          {keeps.map(([days, words]) => (
            <option key={days} value={days}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}
