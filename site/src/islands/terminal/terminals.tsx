/** The terminals of a running lab, one tab each; xterm is loaded when this first appears. */
import type { SessionView, TerminalView } from '@drydock/sandbox-server/contract'
import { useRef, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { say } from '../lab/lab-actions.ts'
import * as store from '../lab/store.ts'
import { NewTerminal } from './new-terminal.tsx'
import { TerminalTab } from './terminal-tab.tsx'

export function Terminals({ session }: { session: SessionView }) {
  const [active, setActive] = useState(session.terminals[0]?.id ?? '')
  const tabs = useRef<HTMLDivElement>(null)
  const shown = session.terminals.some((terminal) => terminal.id === active) ? active : (session.terminals[0]?.id ?? '')
  const leave = () => tabs.current?.querySelector<HTMLButtonElement>('[role=tab][aria-selected=true]')?.focus()

  const open = async (node: string) => {
    const answer = await api.openTerminal(session.id, node)
    if (!answer.ok) return say(answer.problem)
    store.wantsTerminal.value = true
    changeTerminals(session.id, (list) => [...list.filter((t) => t.id !== answer.value.id), answer.value])
    setActive(answer.value.id)
  }
  const close = async (id: string) => {
    const answer = await api.closeTerminal(session.id, id)
    if (!answer.ok && answer.problem.code !== 'TERMINAL_UNKNOWN') return say(answer.problem)
    changeTerminals(session.id, (list) => list.filter((terminal) => terminal.id !== id))
    leave()
  }

  return (
    <div class="terminals not-content">
      <div class="terminal-tabs" ref={tabs}>
        <div role="tablist" aria-label="Terminals" onKeyDown={moveBetweenTabs}>
          {session.terminals.map((terminal) => (
            <button
              key={terminal.id}
              type="button"
              role="tab"
              id={`tab-${terminal.id}`}
              aria-controls={`terminal-${terminal.id}`}
              aria-selected={terminal.id === shown}
              tabIndex={terminal.id === shown ? 0 : -1}
              onClick={() => setActive(terminal.id)}
            >
              {terminal.title}
            </button>
          ))}
        </div>
        <NewTerminal nodes={session.nodes} onOpen={(node) => void open(node)} />
        {session.terminals.length > 1 && (
          <button
            type="button"
            class="icon"
            aria-label="Close this terminal"
            title="Close this terminal"
            onClick={() => void close(shown)}
          >
            ×
          </button>
        )}
      </div>
      {session.terminals.map((terminal) => (
        <TerminalTab
          key={terminal.id}
          session={session.id}
          terminal={terminal}
          active={terminal.id === shown}
          onLeave={leave}
          onReplace={() => void open(terminal.node).then(() => close(terminal.id))}
        />
      ))}
      {session.terminals.length === 0 && (
        <div class="terminal-none">
          <p>No terminal is open.</p>
          <button type="button" class="solid" onClick={() => void open(session.nodes[0] ?? 'node1')}>
            Open one
          </button>
        </div>
      )}
    </div>
  )
}

/** The server tells everyone by an event too; this only saves the wait. */
function changeTerminals(id: string, change: (list: TerminalView[]) => TerminalView[]): void {
  const session = store.session.value
  if (session?.id === id) store.session.value = { ...session, terminals: change(session.terminals) }
}

function moveBetweenTabs(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return
  const tabs = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=tab]')]
  const at = tabs.findIndex((tab) => tab === document.activeElement)
  const next = tabs[(at + step + tabs.length) % tabs.length]
  next?.click()
  next?.focus()
}
