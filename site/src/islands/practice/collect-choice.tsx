/** Whether mistakes become cards: asked once, and changed here at any time. */
import { useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { ConfirmButton } from '../lab/confirm-button.tsx'

function useChoice(onChosen: () => void) {
  const [said, setSaid] = useState('')
  const choose = async (collect: boolean) => {
    const answer = await api.collectCards(collect)
    if (answer.ok) onChosen()
    else setSaid(answer.problem.message)
  }
  return { said, choose }
}

export function CollectQuestion({ onChosen }: { onChosen: () => void }) {
  const { said, choose } = useChoice(onChosen)
  return (
    <section class="collect" aria-labelledby="collect">
      <h2 id="collect">Shall what went wrong come back here?</h2>
      <p>
        Questions that you answered wrong after lessons or in interviews, and tasks of labs that you gave up or looked
        up, would become cards, also those of before. They stay on this server with your progress, nobody else sees
        them, and you can change your mind below at any time.
      </p>
      <div class="row">
        <button type="button" class="quiet" onClick={() => void choose(true)}>
          Yes, make cards of them
        </button>
        <button type="button" class="quiet" onClick={() => void choose(false)}>
          No, only what I practise here
        </button>
        <span class="fine" role="status">
          {said}
        </span>
      </div>
    </section>
  )
}

export function CollectChoice({ collect, onChosen }: { collect: boolean; onChosen: () => void }) {
  const { said, choose } = useChoice(onChosen)
  return (
    <section class="collect-choice" aria-label="Mistakes as cards">
      {collect ? (
        <>
          <p class="fine">Mistakes after lessons, in labs and in interviews become cards.</p>
          <ConfirmButton
            label="Stop that"
            question="The cards that came of mistakes are removed with their history. Those of questions that you practised here stay."
            yes="Stop, and remove them"
            onConfirm={() => void choose(false)}
          />
        </>
      ) : (
        <>
          <p class="fine">Mistakes after lessons, in labs and in interviews do not become cards.</p>
          <button type="button" class="quiet" onClick={() => void choose(true)}>
            Make cards of them
          </button>
        </>
      )}
      <span class="fine" role="status">
        {said}
      </span>
    </section>
  )
}
