/** One terminal's panel: loads xterm, keeps it while hidden, and says when it is not connected or its shell has ended. */
import type { TerminalView } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { now } from '../lab/clock.ts'
import { wantsTerminal } from '../lab/store.ts'
import { activeTerminal } from './active-terminal.ts'
import type { OpenTerminal } from './create-terminal.ts'
import { loadTerminal } from './load-terminal.ts'
import { screenReader } from './screen-reader.ts'

interface Props {
  session: string
  terminal: TerminalView
  active: boolean
  onLeave: () => void
  onReplace: () => void
}

export function TerminalTab({ session, terminal, active, onLeave, onReplace }: Props) {
  const element = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<OpenTerminal | null>(null)
  const [failed, setFailed] = useState(false)
  const leave = useRef(onLeave)
  leave.current = onLeave

  useEffect(() => {
    let handle: OpenTerminal | undefined
    let left = false
    loadTerminal().then(
      ({ openTerminal }) => {
        if (left || !element.current) return
        const label = `Terminal ${terminal.title}`
        const onLeaveNow = () => leave.current()
        handle = openTerminal({
          element: element.current,
          session,
          terminal: terminal.id,
          label,
          screenReader: screenReader.peek(),
          onLeave: onLeaveNow,
        })
        setOpened(handle)
      },
      () => setFailed(true),
    )
    return () => {
      left = true
      if (activeTerminal.peek() === handle) activeTerminal.value = null
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

  return (
    <div
      role="tabpanel"
      id={`terminal-${terminal.id}`}
      aria-labelledby={`tab-${terminal.id}`}
      class="terminal"
      hidden={!active}
    >
      {failed && (
        <p class="bar bad" role="alert">
          The terminal could not be loaded. Reload the page; your shell goes on meanwhile.
        </p>
      )}
      {opened && <Trouble opened={opened} onReplace={onReplace} />}
      <div class="screen" ref={element} />
    </div>
  )
}

function Trouble({ opened, onReplace }: { opened: OpenTerminal; onReplace: () => void }) {
  const { state, closeCode, retryAt, exit } = opened.status.value
  if (exit)
    return (
      <div class="bar warn" role="status">
        <p>{`This shell has ended${exit.code === null ? '' : ` with exit code ${exit.code}`}.`}</p>
        <button type="button" class="solid" onClick={onReplace}>
          New shell
        </button>
      </div>
    )
  if (state === 'closed')
    return (
      <div class="bar warn" role="status">
        <p>
          {closeCode === 4404 ? 'This terminal does not exist any more.' : 'This terminal was closed by the server.'}
        </p>
        <button type="button" class="solid" onClick={onReplace}>
          New shell
        </button>
      </div>
    )
  if (state !== 'waiting' || retryAt === null) return null
  const seconds = Math.max(0, Math.ceil((retryAt - now.value) / 1000))
  return (
    <p class="bar warn" role="status">
      <span>Not connected: what you type now is not sent. Trying again</span>{' '}
      <span aria-live="off">{seconds > 0 ? `in ${seconds} s` : 'now'}</span> …
    </p>
  )
}
