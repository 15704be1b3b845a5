/** Two fields between a learner and the class: the code, read forgivingly by the server, and a name. */
import type { MemberView, WorkshopDoor } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatIn } from '../workshop/zoned-time.ts'
import { classApi } from './class-api.ts'

export function JoinForm({ code: given, onIn }: { code: string; onIn: (shop: MemberView) => void }) {
  const [code, setCode] = useState(given)
  const [name, setName] = useState('')
  const [door, setDoor] = useState<WorkshopDoor | null>(null)
  const [wrong, setWrong] = useState<{ of: 'code' | 'name'; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const codeField = useRef<HTMLInputElement>(null)
  const nameField = useRef<HTMLInputElement>(null)

  const look = async (text: string) => {
    setBusy(true)
    const answer = await classApi.look(text)
    setBusy(false)
    if (!answer.ok) {
      setWrong({ of: 'code', text: answer.problem.message })
      return codeField.current?.focus()
    }
    setDoor(answer.value)
    setWrong(null)
    if (answer.value.joined_as !== null) await join(text, answer.value.joined_as)
  }
  const join = async (text: string, as: string) => {
    setBusy(true)
    const answer = await classApi.join(text, as)
    setBusy(false)
    if (answer.ok) return onIn(answer.value)
    const of = answer.problem.details['name'] === undefined && door === null ? 'code' : 'name'
    setWrong({ of, text: answer.problem.message })
    ;(of === 'code' ? codeField : nameField).current?.focus()
  }
  useEffect(() => {
    setCode(given)
    if (given !== '') void look(given)
  }, [given])
  useEffect(() => {
    ;(door ? nameField : codeField).current?.focus()
  }, [door])

  return (
    <form
      class="join device"
      onSubmit={(event) => {
        event.preventDefault()
        if (busy) return
        void (door ? join(code, name.trim()) : look(code))
      }}
    >
      {door ? (
        <div class="join-door">
          <h2>{door.title}</h2>
          <p class="fine">
            {door.state === 'running' || door.state === 'paused'
              ? 'It has begun; you come in where the class is.'
              : `Begins ${formatIn(door.starts_at, Intl.DateTimeFormat().resolvedOptions().timeZone)}, by your clock.`}
          </p>
        </div>
      ) : (
        <>
          <label for="join-code">Code</label>
          <input
            id="join-code"
            ref={codeField}
            type="text"
            class="join-code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            required
            maxLength={300}
            value={code}
            aria-invalid={wrong?.of === 'code'}
            aria-describedby={wrong?.of === 'code' ? 'join-wrong' : 'join-how'}
            onInput={({ currentTarget }) => {
              setCode(currentTarget.value)
              setWrong(null)
            }}
          />
          <p class="fine" id="join-how">
            From the front of the room. Capitals, dashes and blanks do not matter; an O counts as 0, an l as 1.
          </p>
        </>
      )}
      {door && (
        <>
          <label for="join-name">Your name in this class</label>
          <input
            id="join-name"
            ref={nameField}
            type="text"
            class="as-typed"
            autocomplete="nickname"
            required
            maxLength={40}
            value={name}
            aria-invalid={wrong?.of === 'name'}
            aria-describedby={wrong?.of === 'name' ? 'join-wrong' : 'join-who'}
            onInput={({ currentTarget }) => {
              setName(currentTarget.value)
              setWrong(null)
            }}
          />
          <p class="fine" id="join-who">
            Any name will do: your instructor sees it, other learners do not. No account, no address.
          </p>
        </>
      )}
      {wrong && (
        <p id="join-wrong" class="said is-bad" role="alert">
          {wrong.text}
        </p>
      )}
      <div class="row">
        <button
          type="submit"
          class="solid big"
          disabled={busy || code.trim() === '' || (door !== null && name.trim() === '')}
        >
          {busy ? 'Asking …' : door ? 'Join' : 'Next'}
        </button>
        {door && (
          <button type="button" class="quiet big" onClick={() => setDoor(null)}>
            Another code
          </button>
        )}
      </div>
    </form>
  )
}
