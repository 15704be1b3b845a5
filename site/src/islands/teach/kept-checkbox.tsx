/** A checkbox for something of the workshop: ticked at once, and as the server keeps it when it has answered. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import type { ComponentChildren } from 'preact'
import type { Answer } from '../client/http.ts'
import { useChosen } from '../client/use-chosen.ts'
import { actOnWorkshop } from './desk-store.ts'

interface KeptCheckboxProps {
  kept: boolean
  ask: (wanted: boolean) => Promise<Answer<WorkshopView>>
  /** What to say when it is so. */
  done: (wanted: boolean) => string
  children: ComponentChildren
}

export function KeptCheckbox({ kept, ask, done, children }: KeptCheckboxProps) {
  const [checked, choose] = useChosen(kept, (wanted) => actOnWorkshop(ask(wanted), done(wanted)))
  return (
    <label class="choice">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => choose(currentTarget.checked)} />
      <span>{children}</span>
    </label>
  )
}
