/** What is taught, when, for how many, and what is open from the start. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { fromField, listZones } from '../workshop/zoned-time.ts'
import { beginPlan, type PlanDraft } from './plan-draft.ts'
import { PlanOptions } from './plan-options.tsx'
import { PlanWhen } from './plan-when.tsx'
import { type CourseTopic, ProgramPicker } from './program-picker.tsx'
import { teachApi } from './teach-api.ts'

interface FormProps {
  topics: readonly CourseTopic[]
  /** The workshop that is changed; null: a new one. */
  before: WorkshopView | null
}

export function PlanForm({ topics, before }: FormProps) {
  const zones = useMemo(listZones, [])
  const [plan, setPlan] = useState(() => beginPlan(before, zones[0] ?? 'UTC'))
  const [wrong, setWrong] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const alert = useRef<HTMLParagraphElement>(null)
  useEffect(() => void (wrong !== null && alert.current?.focus()), [wrong])
  const change = (part: Partial<PlanDraft>) => setPlan({ ...plan, ...part })

  const send = async () => {
    const { starts, ...rest } = plan
    const starts_at = fromField(starts, plan.zone)
    if (plan.labs.length === 0) return setWrong('A workshop needs at least one lesson: choose some from the course.')
    if (starts_at === null) return setWrong('The start is no date with a time: fill in both.')
    const wish = { ...rest, title: plan.title.trim(), starts_at }
    setSending(true)
    const answer = await (before ? teachApi.change(before.id, wish) : teachApi.plan(wish))
    setSending(false)
    if (answer.ok) location.assign(`/teach/workshop/?id=${answer.value.id}`)
    else setWrong(answer.problem.message)
  }
  return (
    <form
      class="plan"
      onSubmit={(event) => {
        event.preventDefault()
        if (!sending) void send()
      }}
    >
      <label class="field">
        <span>Title</span>
        <input
          type="text"
          required
          maxLength={80}
          placeholder="Docker for the payments team"
          value={plan.title}
          onInput={({ currentTarget }) => change({ title: currentTarget.value })}
        />
      </label>
      <ProgramPicker topics={topics} chosen={plan.labs} onChange={(labs) => change({ labs })} />
      <PlanWhen plan={plan} zones={zones} onChange={change} />
      <PlanOptions plan={plan} onChange={change} />
      {wrong !== null && (
        <p class="said is-bad" role="alert" tabIndex={-1} ref={alert}>
          {wrong}
        </p>
      )}
      <div class="row">
        <button type="submit" class="solid big" disabled={sending}>
          {sending ? 'Asking …' : before ? 'Save the plan' : 'Plan it and get the link'}
        </button>
        <a class="button quiet big" href={before ? `/teach/workshop/?id=${before.id}` : '/teach/'}>
          Cancel
        </a>
      </div>
    </form>
  )
}
