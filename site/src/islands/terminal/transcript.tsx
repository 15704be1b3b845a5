/** All that the terminal in front shows, as plain text: to read, to select, to keep. */
import { useState } from 'preact/hooks'
import { copyText } from '../lab/copy-text.ts'
import { activeTerminal } from './active-terminal.ts'
import { Dialog } from './dialog.tsx'

export function Transcript({ title, onClose }: { title: string; onClose: () => void }) {
  const [text] = useState(() => activeTerminal.peek()?.text() ?? '')
  const download = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
    const link = Object.assign(document.createElement('a'), {
      href: url,
      download: `${title.replaceAll(/[^\w.-]+/g, '-')}.txt`,
    })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Dialog title={`Transcript of ${title}`} onClose={onClose}>
      <div class="row">
        <button type="button" class="solid" onClick={download}>
          Download
        </button>
        <button type="button" class="quiet" onClick={(event) => void copyText(text, event.currentTarget)}>
          Copy
        </button>
        <p class="fine">
          It is made here, from what your browser has; the server keeps the last 4 MB until the lab ends.
        </p>
      </div>
      <pre class="transcript-text" tabIndex={0} aria-label="Text of the terminal">
        {text}
      </pre>
    </Dialog>
  )
}
