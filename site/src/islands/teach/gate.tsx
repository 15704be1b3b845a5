/** For whoever is no instructor here: what this is for, how to become one, and where learners go. */
import type { TeachView } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { InlineCode } from '../lab/inline-code.tsx'
import { readLink, type TeachingSecret, proveWith } from './teaching-secret.ts'

interface GateProps {
  /** From the page's address. */
  secret: TeachingSecret | null
  name: string | null
  onIn: (view: TeachView) => void
}

export function Gate({ secret, name: known, onIn }: GateProps) {
  const [link, setLink] = useState('')
  const [name, setName] = useState(known ?? '')
  const [wrong, setWrong] = useState<string | null>(null)
  const [pasting, setPasting] = useState(secret === null)
  const linkField = useRef<HTMLInputElement>(null)
  useEffect(() => void (wrong !== null && linkField.current?.focus()), [wrong])
  const prove = async () => {
    const answer = await proveWith(pasting || !secret ? readLink(link) : secret, name.trim())
    if (!answer.ok) {
      setWrong(answer.problem.message)
      setPasting(true)
    } else if (answer.value) onIn(answer.value)
  }
  return (
    <>
      <section class="device" aria-labelledby="gate-title">
        <h2 id="gate-title">
          {pasting && known === null ? 'This browser is no instructor’s yet' : 'Teach from this browser'}
        </h2>
        <p>
          <InlineCode
            text={
              pasting
                ? 'Whoever runs this server gets a link with `npm run instructor`; a colleague can make one for a single workshop. Open it in this browser, or paste it here.'
                : 'Your link was read. One thing is missing: what learners shall call you.'
            }
          />
        </p>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void prove()
          }}
        >
          {pasting && (
            <>
              <label for="gate-link">Link for instructors</label>
              <input
                id="gate-link"
                ref={linkField}
                type="text"
                class="as-typed"
                autocomplete="off"
                spellcheck={false}
                required
                value={link}
                aria-invalid={wrong !== null}
                aria-describedby={wrong === null ? undefined : 'gate-wrong'}
                onInput={({ currentTarget }) => setLink(currentTarget.value)}
              />
            </>
          )}
          {wrong !== null && (
            <p id="gate-wrong" class="said is-bad" role="alert">
              <InlineCode text={wrong} /> {known !== null && <a href="/teach/">Your workshops</a>}
            </p>
          )}
          <label for="gate-name">Your name, as learners read it</label>
          <input
            id="gate-name"
            type="text"
            class="as-typed"
            autocomplete="name"
            required
            maxLength={40}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <div class="row">
            <button type="submit" class="solid">
              Teach from this browser
            </button>
          </div>
        </form>
      </section>
      <p>
        Here to learn? <a href="/join/">Join a workshop</a> with the code from the front of the room, or{' '}
        <a href="/curriculum/">take the course</a> on your own.
      </p>
    </>
  )
}
