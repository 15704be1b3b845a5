/** One terminal's panel: loads xterm, keeps it while hidden, and says when it is not connected or its shell has ended. */
import type { TerminalView } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { countOf } from '../lab/clock.ts'
import { say } from '../lab/say.ts'
import { wantsTerminal } from '../lab/store.ts'
import { activeTerminal, terminalHandles } from './active-terminal.ts'
import { terminalCommand } from './terminal-command.ts'
import type { OpenTerminal } from './create-terminal.ts'
import { writeClipboard } from '../client/write-clipboard.ts'
import { maxCopy } from './clipboard-wish.ts'
import { CopyQuestion } from './copy-question.tsx'
import { loadTerminal } from './load-terminal.ts'
import { PasteQuestion, type PasteWish } from './paste-question.tsx'
import { screenReader } from './screen-reader.ts'
import { TerminalSearch } from './terminal-search.tsx'
import { programsCopy } from './terminal-settings.ts'
import { TerminalTrouble } from './terminal-trouble.tsx'

interface Props {
  session: string
  terminal: TerminalView
  visible: boolean
  /** Where keys go. */
  active: boolean
  onFocus: () => void
  onLeave: () => void
}

export function TerminalTab({ session, terminal, visible, active, onFocus, onLeave }: Props) {
  const element = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<OpenTerminal | null>(null)
  const [failed, setFailed] = useState(false)
  const [searching, setSearching] = useState(false)
  const [pasting, setPasting] = useState<PasteWish | null>(null)
  const [copying, setCopying] = useState<string | null>(null)
  const call = useRef({ onLeave, onFocus })
  call.current = { onLeave, onFocus }

  useEffect(() => {
    let handle: OpenTerminal | undefined
    let left = false
    loadTerminal().then(
      ({ openTerminal }) => {
        if (left || !element.current) return
        handle = openTerminal({
          element: element.current,
          path: `/sessions/${encodeURIComponent(session)}/terminals/${encodeURIComponent(terminal.id)}`,
          label: `Terminal ${terminal.title}`,
          screenReader: screenReader.peek(),
          onLeave: () => call.current.onLeave(),
          onFocus: () => call.current.onFocus(),
          onCommand: (command) => (terminalCommand.value = command),
          onPaste: (text, what) => setPasting({ text, what }),
          onCopy: (wish) => {
            if (programsCopy.value === 'never') return
            if (wish === 'too long') say({ message: tooLong })
            else if (programsCopy.value === 'ask') setCopying(wish.text)
            else void copyForProgram(wish.text)
          },
        })
        terminalHandles.set(terminal.id, handle)
        setOpened(handle)
      },
      () => setFailed(true),
    )
    return () => {
      left = true
      if (activeTerminal.peek() === handle) activeTerminal.value = null
      terminalHandles.delete(terminal.id)
      handle?.close()
    }
  }, [session, terminal.id])

  useEffect(() => {
    if (!active || !opened) return
    activeTerminal.value = opened
    opened.fit()
    if (wantsTerminal.peek()) opened.focus()
    wantsTerminal.value = false
    return () => {
      if (activeTerminal.peek() === opened) activeTerminal.value = null
    }
  }, [active, opened])

  useEffect(() => opened?.setScreenReader(screenReader.value), [opened, screenReader.value])
  useEffect(() => {
    if (!active || terminalCommand.value !== 'find') return
    terminalCommand.value = null
    setSearching(true)
  }, [active, terminalCommand.value])

  const endPaste = (text: string | null) => {
    setPasting(null)
    if (text !== null) opened?.paste(text)
    opened?.focus()
  }

  return (
    <div
      role="tabpanel"
      id={`panel-${terminal.id}`}
      aria-labelledby={`tab-${terminal.id}`}
      class={active ? 'terminal is-active' : 'terminal'}
      hidden={!visible}
    >
      {failed && (
        <p class="bar bad" role="alert">
          The terminal could not be loaded. Reload the page; your shell goes on meanwhile.
        </p>
      )}
      {opened && <TerminalTrouble opened={opened} />}
      {opened && searching && (
        <TerminalSearch
          terminal={opened}
          onClose={() => {
            setSearching(false)
            opened.focus()
          }}
        />
      )}
      {copying !== null && (
        <CopyQuestion
          text={copying}
          onDecide={(copy) => {
            setCopying(null)
            if (copy) void copyForProgram(copying)
            opened?.focus()
          }}
        />
      )}
      {pasting && <PasteQuestion wish={pasting} onDecide={endPaste} />}
      <div class="screen" ref={element} />
    </div>
  )
}

const tooLong = `A program wanted to copy more than ${maxCopy.toLocaleString()} characters to your clipboard: that is a file. It can be downloaded under Files.`

async function copyForProgram(text: string): Promise<void> {
  try {
    await writeClipboard(text)
    say({ message: `A program in the terminal has copied ${countOf(text.length, 'character')} to your clipboard.` })
  } catch {
    say({ message: 'Your browser did not let a program in the terminal copy to your clipboard.' })
  }
}
