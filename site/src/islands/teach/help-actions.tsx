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
        <Remove shop={shop.id} id={id} name={name} onGone={onGone} />
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
        <Remove shop={shop.id} id={id} name={name} onGone={onGone} />
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
        void act(teachApi.rename(shop, id, text.trim()), `Now called ${text.trim()}.`)
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

function Remove({ shop, id, name, onGone }: { shop: string; id: string; name: string; onGone: () => void }) {
  return (
    <ConfirmButton
      label="Remove"
      question={`${name} leaves the workshop and cannot come back with this code. Their lab goes on as their own.`}
      yes={`Remove ${name}`}
      onConfirm={() => void act(teachApi.removeMember(shop, id), `${name} is out.`).then((done) => done && onGone())}
    />
  )
}
