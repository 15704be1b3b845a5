/** Plans a workshop, or changes the one of the address. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../client/http.ts'
import { ServerTrouble } from '../quiz/server-trouble.tsx'
import { idOfPage } from './desk-store.ts'
import { PlanForm } from './plan-form.tsx'
import type { CourseTopic } from './program-picker.tsx'
import { teachApi } from './teach-api.ts'

export function PlanPage({ topics }: { topics: readonly CourseTopic[] }) {
  const [before, setBefore] = useState<WorkshopView | null>(null)
  const [mayTeach, setMayTeach] = useState<boolean | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async () => {
    const id = idOfPage()
    const [teach, found] = await Promise.all([teachApi.teach(), id === '' ? null : teachApi.workshop(id)])
    const trouble = teach.ok ? (found?.ok === false ? found.problem : null) : teach.problem
    setProblem(trouble)
    if (trouble) return
    setBefore(found?.ok ? found.value : null)
    setMayTeach(teach.ok && teach.value.instructor)
  }
  useEffect(() => void load(), [])
  if (problem) return <ServerTrouble what="Workshops come" problem={problem} onRetry={() => void load()} />
  if (mayTeach === null) return <p class="fine">Asking the server …</p>
  if (!mayTeach)
    return (
      <p class="empty">
        Workshops are planned by instructors. <a href="/teach/">Become one in this browser</a> first.
      </p>
    )
  return <PlanForm topics={topics} before={before} />
}
