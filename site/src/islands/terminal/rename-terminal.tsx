/** Asks for another name of a terminal. */
import { useState } from 'preact/hooks'
import { Dialog } from './dialog.tsx'

export function RenameTerminal({ title, onClose }: { title: string; onClose: (title: string | null) => void }) {
  const [name, setName] = useState(title)
  return (
    <Dialog title="Rename the terminal" onClose={() => onClose(null)}>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') onClose(name.trim())
        }}
      >
        <input
          type="text"
          aria-label="Name"
          maxLength={40}
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="solid">
          Rename
        </button>
      </form>
    </Dialog>
  )
}
