/** Removes a workshop for good; asks first. */
import { useState } from 'preact/hooks'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { teachApi } from './teach-api.ts'

export function RemoveWorkshop({ id }: { id: string }) {
  const [wrong, setWrong] = useState('')
  const remove = async () => {
    const answer = await teachApi.remove(id)
    if (answer.ok) location.assign('/teach/')
    else setWrong(answer.problem.message)
  }
  return (
    <>
      <ConfirmButton
        label="Remove the workshop"
        question="The workshop, its code, its log and its report are gone. What learners did stays in their own progress."
        yes="Remove it"
        onConfirm={() => void remove()}
      />
      <span class="fine" role="status">
        {wrong}
      </span>
    </>
  )
}
