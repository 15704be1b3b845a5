/** What one can do with the terminal in front, behind one button: find, split, rename, restart, looks, transcript, keys. */
import type { TerminalView } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { KeysHelp } from './keys-help.tsx'
import { terminalCommand } from './terminal-command.ts'
import { changeFontSize, fontSize, fontSizes, highContrast, programsCopy, toggleContrast } from './terminal-settings.ts'
import { RenameTerminal } from './rename-terminal.tsx'
import { Transcript } from './transcript.tsx'

interface Props {
  /** In front; null: none is. */
  terminal: TerminalView | null
  closable: boolean
  split: boolean
  onSplit: () => void
  onRename: (title: string) => void
  onRestart: () => void
  onClose: () => void
}

export function TerminalMenu({ terminal, closable, split, onSplit, onRename, onRestart, onClose }: Props) {
  const [open, setOpen] = useState(false)
  const [dialog, setDialog] = useState<'keys' | 'transcript' | 'rename' | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (terminalCommand.value !== 'help' && terminalCommand.value !== 'transcript') return
    setDialog(terminalCommand.value === 'help' ? 'keys' : 'transcript')
    terminalCommand.value = null
  }, [terminalCommand.value])
  useEffect(() => {
    if (!open) return
    box.current?.querySelector('button')?.focus()
    const outside = (event: PointerEvent) =>
      event.target instanceof Node && !box.current?.parentElement?.contains(event.target) && setOpen(false)
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  const then = (act: () => void) => () => {
    setOpen(false)
    act()
  }
  const closeDialog = () => {
    setDialog(null)
    opener.current?.focus()
  }

  return (
    <div class="terminal-menu">
      <button
        type="button"
        class="icon"
        aria-label="Keys of the terminal"
        title="Keys (Ctrl+Shift+?)"
        onClick={() => setDialog('keys')}
      >
        ?
      </button>
      <button
        type="button"
        class="icon"
        ref={opener}
        aria-expanded={open}
        aria-label="Terminal menu"
        title="Terminal menu"
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open && (
        <div
          class="menu"
          role="group"
          aria-label="Terminal menu"
          ref={box}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setOpen(false)
            opener.current?.focus()
          }}
        >
          {terminal && (
            <>
              <p class="label">{terminal.title}</p>
              <button type="button" onClick={then(() => (terminalCommand.value = 'find'))}>
                Find <kbd>Ctrl+Shift+F</kbd>
              </button>
              <button type="button" onClick={then(() => setDialog('transcript'))}>
                Transcript
              </button>
              <button type="button" aria-pressed={split} onClick={then(onSplit)}>
                {split ? 'One at a time' : 'Side by side'}
              </button>
              <button type="button" onClick={then(() => setDialog('rename'))}>
                Rename
              </button>
              <button type="button" onClick={then(onRestart)}>
                Restart the shell
              </button>
              {closable && (
                <button type="button" onClick={then(onClose)}>
                  Close this terminal
                </button>
              )}
            </>
          )}
          <div class="font" role="group" aria-label={`Size of the letters: ${fontSize.value}`}>
            <span aria-hidden="true">{`${fontSize.value} px`}</span>
            <button
              type="button"
              aria-label="Smaller"
              disabled={fontSize.value <= fontSizes.least}
              onClick={() => changeFontSize(-1)}
            >
              A−
            </button>
            <button type="button" aria-label="Usual size" onClick={() => changeFontSize(0)}>
              A
            </button>
            <button
              type="button"
              aria-label="Larger"
              disabled={fontSize.value >= fontSizes.most}
              onClick={() => changeFontSize(1)}
            >
              A+
            </button>
          </div>
          <button type="button" aria-pressed={highContrast.value} onClick={toggleContrast}>
            High contrast {highContrast.value && '✓'}
          </button>
          <button
            type="button"
            title="Whether programs such as vim may fill your clipboard"
            onClick={programsCopy.next}
          >
            Programs may copy <span>{programsCopy.value}</span>
          </button>
        </div>
      )}
      {dialog === 'keys' && <KeysHelp onClose={closeDialog} />}
      {dialog === 'transcript' && <Transcript title={terminal?.title ?? 'terminal'} onClose={closeDialog} />}
      {dialog === 'rename' && terminal && (
        <RenameTerminal
          title={terminal.title}
          onClose={(title) => {
            closeDialog()
            if (title !== null) onRename(title)
          }}
        />
      )}
    </div>
  )
}
