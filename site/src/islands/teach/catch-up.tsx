/** Brings one learner, or all who fell behind, to the state after a task, by the proven solutions. Asked for twice: it takes the work of now. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { countOf } from '../lab/clock.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { act } from './desk-store.ts'
import { teachApi } from './teach-api.ts'

interface CatchUpProps {
  shop: WorkshopView
  members: string[] | 'behind'
  /** Whom it is about, in words. */
  who: string
  /** What is offered at first. */
  lab: string
  task: string
}

export function CatchUp({ shop, members, who, lab: firstLab, task: firstTask }: CatchUpProps) {
  const [wish, setWish] = useState<string | null>(null)
  const program = shop.program.filter((item) => item.tasks.length > 0)
  const known = wish ?? `${firstLab} ${firstTask}`
  const [lab = firstLab, task = firstTask] = known.split(' ')
  const send = () =>
    act(teachApi.catchUp(shop.id, { lab, task, members }), ({ begun }) =>
      begun.length === 0
        ? 'Everybody is that far already.'
        : `${members === 'behind' ? countOf(begun.length, 'learner') : who} will be there in a moment.`,
    )
  const name = members === 'behind' ? 'catch-up-all' : 'catch-up-one'
  return (
    <div class="help-form">
      <label for={name}>{members === 'behind' ? 'Bring all who fell behind past' : 'Bring them past'}</label>
      <select id={name} value={known} onChange={({ currentTarget }) => setWish(currentTarget.value)}>
        {program
          .filter((item) => members === 'behind' || item.id === firstLab)
          .map((item) => (
            <optgroup key={item.id} label={item.title}>
              {item.tasks.map(({ id, goal }, i) => (
                <option key={id} value={`${item.id} ${id}`}>
                  {`${i + 1}. ${goal.replaceAll('`', '').slice(0, 60)}`}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
      <ConfirmButton
        label="Catch up"
        question={`Fresh machines, on which the solution has done everything up to this task, for ${who}. Containers of now are gone; files of now are kept and can be downloaded.`}
        yes="Bring them there"
        onConfirm={() => void send()}
      />
    </div>
  )
}
