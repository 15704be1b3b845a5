/** Asks before a program in the terminal fills the clipboard: what is pasted later should be what one copied oneself. */
import { programsCopy } from './terminal-settings.ts'

const shown = 300

interface Props {
  text: string
  /** `true`: it is to be copied. */
  onDecide: (copy: boolean) => void
}

export function CopyQuestion({ text, onDecide }: Props) {
  return (
    <div
      class="bar paste"
      role="group"
      aria-label="A program wants to copy"
      onKeyDown={(event) => event.key === 'Escape' && onDecide(false)}
    >
      <p role="status">A program in this terminal wants to copy a text to your clipboard.</p>
      <pre tabIndex={0} aria-label="What is to be copied">
        {text.slice(0, shown)}
        {text.length > shown && `\n… ${text.length - shown} more characters`}
      </pre>
      <div class="row">
        <button type="button" class="solid" onClick={() => onDecide(true)}>
          Copy
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            programsCopy.set('always')
            onDecide(true)
          }}
        >
          Copy, and do not ask again
        </button>
        <button type="button" class="quiet" onClick={() => onDecide(false)}>
          No
        </button>
      </div>
    </div>
  )
}
