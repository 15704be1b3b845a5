/** Asks for the access code of this server; the lab starts as soon as it is right. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { giveCode, leaveCode } from './lab-actions.ts'
import { Panel } from './panel.tsx'

export function AccessPanel({ wrong }: { wrong: string | null }) {
  const field = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [wrong])

  const submit = async (event: Event) => {
    event.preventDefault()
    setAsking(true)
    await giveCode(code)
    setAsking(false)
  }
  return (
    <Panel title="This server asks for a code" art="conflict">
      <p>Whoever invited you to this course has it. Once it is right, this browser is not asked again.</p>
      <form class="access" onSubmit={(event) => void submit(event)}>
        <label for="access-code">Access code</label>
        <input
          id="access-code"
          ref={field}
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          required
          maxLength={200}
          value={code}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : 'access-wrong'}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        {wrong !== null && (
          <p class="problem" id="access-wrong" role="alert">
            {wrong}
          </p>
        )}
        <div class="row">
          <button type="submit" class="solid" disabled={asking || code.trim() === ''}>
            Start the lab
          </button>
          <button type="button" class="quiet" onClick={leaveCode}>
            Cancel
          </button>
        </div>
      </form>
    </Panel>
  )
}
