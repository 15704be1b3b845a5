/** The instructor's own terminal on the wall of the room: typed into there, in letters for the last row. Only when it is asked for. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { api } from '../client/api.ts'
import { changeFontSize } from '../terminal/terminal-settings.ts'
import type { TerminalTab } from '../terminal/terminal-tab.tsx'

type TabProps = Parameters<typeof TerminalTab>[0]

export function ProjectorTerminal() {
  const [Tab, setTab] = useState<ComponentType<TabProps> | null>(null)
  const [session, setSession] = useState<SessionView | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (session) void import('../terminal/terminal-tab.tsx').then(({ TerminalTab }) => setTab(() => TerminalTab))
  }, [session])
  const show = async () => {
    const answer = await api.sessions()
    const own = answer.ok ? answer.value.find(({ state }) => state === 'ready' || state === 'expiring') : undefined
    setSession(own ?? null)
    setSaid(own ? '' : 'You have no lab running in this browser. Start one on a lesson page, then come back.')
  }
  const terminal = session?.terminals[0]
  if (!session || !terminal)
    return (
      <p class="row">
        <button type="button" class="quiet" onClick={() => void show()}>
          Show my terminal
        </button>
        <span class="fine" role="status">
          {said}
        </span>
      </p>
    )
  return (
    <section aria-label="My terminal">
      <div class="row">
        <button type="button" class="quiet" onClick={() => setSession(null)}>
          Hide my terminal
        </button>
        <button type="button" class="quiet" onClick={() => changeFontSize(2)}>
          Larger
        </button>
        <button type="button" class="quiet" onClick={() => changeFontSize(-2)}>
          Smaller
        </button>
      </div>
      <span class="sr-only" id={`tab-${terminal.id}`}>
        {`Terminal ${terminal.title}`}
      </span>
      <div class="projector-terminal">
        {Tab && (
          <Tab
            session={session.id}
            terminal={terminal}
            visible
            active
            onFocus={() => undefined}
            onLeave={() => document.querySelector<HTMLElement>('.projector-view button')?.focus()}
          />
        )}
      </div>
    </section>
  )
}
