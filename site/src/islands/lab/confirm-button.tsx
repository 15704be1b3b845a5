/** A button that asks once more, in place, before something is lost. */
import { useEffect, useRef, useState } from 'preact/hooks'

export interface ConfirmProps {
  label: string
  /** What will happen, as a sentence. */
  question: string
  /** The word on the button that does it. */
  yes: string
  no?: string
  onConfirm: () => void
  disabled?: boolean
  class?: string
}

export function ConfirmButton({
  label,
  question,
  yes,
  no = 'Cancel',
  onConfirm,
  disabled = false,
  ...rest
}: ConfirmProps) {
  const [asking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(false)
  useEffect(() => {
    if (asking) first.current?.focus()
    else if (wasAsking.current) opener.current?.focus()
    wasAsking.current = asking
  }, [asking])

  if (!asking)
    return (
      <button
        type="button"
        ref={opener}
        class={rest.class ?? 'quiet'}
        disabled={disabled}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    )
  return (
    <div
      class="confirm"
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAsking(false)
      }}
    >
      <p>{question}</p>
      <div class="row">
        <button
          type="button"
          ref={first}
          class="solid"
          onClick={() => {
            setAsking(false)
            onConfirm()
          }}
        >
          {yes}
        </button>
        <button type="button" class="quiet" onClick={() => setAsking(false)}>
          {no}
        </button>
      </div>
    </div>
  )
}
