/** What is done with all at once: a word or a command, leading the class, a question, locks, catching up. */
import type { WorkshopView } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { AskAll } from './ask-all.tsx'
import { CatchUp } from './catch-up.tsx'
import { act } from './desk-store.ts'
import { KeptCheckbox } from './kept-checkbox.tsx'
import { Lead } from './lead.tsx'
import { Locks } from './locks.tsx'
import { teachApi } from './teach-api.ts'

export function Together({ shop }: { shop: WorkshopView }) {
  const first = shop.program.find(({ tasks }) => tasks.length > 0)
  return (
    <div class="together">
      <Broadcast id={shop.id} />
      <Lead shop={shop} />
      <AskAll shop={shop} />
      <section class="together-part" aria-labelledby="together-open">
        <h3 id="together-open">Hints and solutions</h3>
        <KeptCheckbox
          kept={shop.hints_open}
          ask={(hints_open) => teachApi.change(shop.id, { hints_open })}
          done={(open) => (open ? 'Hints are open.' : 'Hints are closed.')}
        >
          Hints are open
        </KeptCheckbox>
        <KeptCheckbox
          kept={shop.solutions_open}
          ask={(solutions_open) => teachApi.change(shop.id, { solutions_open })}
          done={(open) => (open ? 'Solutions are open.' : 'Solutions are closed.')}
        >
          Solutions are open
        </KeptCheckbox>
      </section>
      <Locks shop={shop} />
      {first?.tasks[0] && (
        <section class="together-part" aria-labelledby="together-catch-up">
          <h3 id="together-catch-up">Catch up</h3>
          <CatchUp
            shop={shop}
            members="behind"
            who="all who are not that far"
            lab={first.id}
            task={first.tasks[0].id}
          />
        </section>
      )}
    </div>
  )
}

function Broadcast({ id }: { id: string }) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<'message' | 'command'>('message')
  const send = async () => {
    if (text.trim() === '') return
    const sent = await act(teachApi.broadcast(id, kind, text.trim()), 'All have it.')
    if (sent) setText('')
  }
  return (
    <section class="together-part" aria-labelledby="together-say">
      <h3 id="together-say">Say something to all</h3>
      <form
        class="help-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <div class="row" role="radiogroup" aria-label="What it is">
          {(['message', 'command'] as const).map((each) => (
            <label key={each} class="choice">
              <input type="radio" name="broadcast" checked={kind === each} onChange={() => setKind(each)} />
              <span>{each === 'message' ? 'A message' : 'A command to copy or run'}</span>
            </label>
          ))}
        </div>
        <label for="broadcast-text">{kind === 'message' ? 'Message' : 'Command'}</label>
        <textarea
          id="broadcast-text"
          class={kind === 'command' ? 'typed' : undefined}
          rows={3}
          maxLength={2000}
          spellcheck={kind === 'message'}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div class="row">
          <button type="submit" class="solid" disabled={text.trim() === ''}>
            Send to all
          </button>
        </div>
      </form>
    </section>
  )
}
