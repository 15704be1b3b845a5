/** When a workshop begins, by which clocks, how long it takes, and for how many. */
import type { PlanDraft } from './plan-draft.ts'

interface WhenProps {
  plan: PlanDraft
  zones: readonly string[]
  onChange: (part: Partial<PlanDraft>) => void
}

export function PlanWhen({ plan, zones, onChange }: WhenProps) {
  return (
    <div class="plan-when">
      <label class="field">
        <span>Begins</span>
        <input
          type="datetime-local"
          required
          value={plan.starts}
          onInput={({ currentTarget }) => onChange({ starts: currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>Time zone</span>
        <select value={plan.zone} onChange={({ currentTarget }) => onChange({ zone: currentTarget.value })}>
          {[...new Set([plan.zone, ...zones])].map((each) => (
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
          required
          value={plan.minutes}
          onInput={({ currentTarget }) => onChange({ minutes: currentTarget.valueAsNumber })}
        />
      </label>
      <label class="field">
        <span>Learners at most</span>
        <input
          type="number"
          min={1}
          max={200}
          required
          value={plan.size}
          onInput={({ currentTarget }) => onChange({ size: currentTarget.valueAsNumber })}
        />
      </label>
    </div>
  )
}
