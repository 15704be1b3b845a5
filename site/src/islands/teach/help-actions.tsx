/** Help for one learner: a hint, a file, a step forward, the door. */
import type { WallLearner, WorkshopView } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { ConfirmButton } from '../lab/confirm-button.tsx'
import { CatchUp } from './catch-up.tsx'
import { act, tell } from './desk-store.ts'
import { maxHandedText, nameHanded } from './handed-file.ts'
import { ShowLine } from './show-line.tsx'
import { teachApi } from './teach-api.ts'

interface ActionsProps {
  shop: WorkshopView
  learner: WallLearner
  /** They were removed. */
  onGone: () => void
}

export function HelpActions({ shop, learner, onGone }: ActionsProps) {
  const { id, name, state, lab, task } = learner
  if (state === 'waiting')
    return (
      <div class="row">
        <button type="button" class="solid" onClick={() => void act(teachApi.admit(shop.id, id), `${name} is in.`)}>
          Let them in
        </button>
        <ConfirmButton
          label="Turn away"
          question={`${name} is not let in, and is told so. You can still let them in later.`}
          yes={`Turn ${name} away`}
          onConfirm={() => void remove(shop.id, id, `${name} was turned away.`, onGone)}
        />
      </div>
    )
  return (
    <>
      <HintForm
        key={id}
        onSend={async (text) =>
          (await act(
            teachApi.hint(shop.id, id, { text, lab, task: lab === null ? null : (task?.id ?? null) }),
            `${name} has your hint.`,
          )) !== null
        }
      />
      <div class="row">
        <HandFile shop={shop.id} learner={learner} />
        {lab !== null && <ShowLine key={lab} shop={shop} member={id} name={name} lab={lab} />}
      </div>
      {lab !== null && task !== null && <CatchUp shop={shop} members={[id]} lab={lab} task={task.id} who={name} />}
      <div class="row">
        <Rename key={name} shop={shop.id} id={id} name={name} />
        <ConfirmButton
          label="Remove"
          question={`${name} leaves the workshop and is told so; the code does not bring them back, but you can let them in again. Their lab goes on as their own.`}
          yes={`Remove ${name}`}
          onConfirm={() => void remove(shop.id, id, `${name} is out.`, onGone)}
        />
      </div>
    </>
  )
}

function HintForm({ onSend }: { onSend: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState('')
  return (
    <form
      class="help-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void onSend(text.trim()).then((sent) => sent && setText(''))
      }}
    >
      <label for="hint-text">A hint, which they see at once</label>
      <textarea
        id="hint-text"
        rows={2}
        maxLength={1000}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      <div class="row">
        <button type="submit" class="solid" disabled={text.trim() === ''}>
          Send the hint
        </button>
      </div>
    </form>
  )
}

function HandFile({ shop, learner }: { shop: string; learner: WallLearner }) {
  const hand = async (file: File | undefined) => {
    if (!file) return
    const name = nameHanded(file.name)
    const text = await file.text()
    if (text.length > maxHandedText)
      return tell(`${name} is too large: ${maxHandedText.toLocaleString('en')} characters at most.`)
    await act(teachApi.handFile(shop, learner.id, { name, text }), `${name} lies in ${learner.name}’s work folder.`)
  }
  return (
    <span class="button quiet file-button">
      Hand over a file
      <input
        type="file"
        aria-label={`Hand a file to ${learner.name}`}
        disabled={learner.session === null}
        onChange={({ currentTarget }) => {
          void hand(currentTarget.files?.[0])
          currentTarget.value = ''
        }}
      />
    </span>
  )
}

function Rename({ shop, id, name }: { shop: string; id: string; name: string }) {
  const [text, setText] = useState<string | null>(null)
  if (text === null)
    return (
      <button type="button" class="quiet" onClick={() => setText(name)}>
        Rename
      </button>
    )
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        // Where the name is taken, the server makes it another one: the page shows which.
        void act(teachApi.rename(shop, id, text.trim()), 'Renamed.')
        setText(null)
      }}
    >
      <input
        type="text"
        aria-label="New name"
        maxLength={40}
        required
        value={text}
        ref={(field) => field?.focus()}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setText(null)}
      />
      <button type="submit" class="solid">
        Rename
      </button>
    </form>
  )
}

async function remove(shop: string, id: string, done: string, onGone: () => void): Promise<void> {
  if (await act(teachApi.removeMember(shop, id), done)) onGone()
}
