/** The place where people work: terminals side by side, files and previews behind one row of tabs. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { FilesLoader } from '../files/files-loader.tsx'
import { PreviewPane } from '../preview/preview-pane.tsx'
import { TerminalMenu } from '../terminal/terminal-menu.tsx'
import { TerminalTab } from '../terminal/terminal-tab.tsx'
import { NewTerminal } from '../terminal/new-terminal.tsx'
import { wanted } from './show-view.ts'
import { useTerminals } from './use-terminals.ts'
import { moveBetweenTabs, WorkspaceTab } from './workspace-tab.tsx'

export function Workspace({ session }: { session: SessionView }) {
  const { terminals } = session
  const [view, setView] = useState<string>(terminals[0]?.id ?? 'files')
  const [beside, setBeside] = useState<string | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set())
  const tabs = useRef<HTMLDivElement>(null)
  const isTerminal = (id: string | null) => terminals.some((terminal) => terminal.id === id)
  const shown = view === 'files' || view === 'preview' || isTerminal(view) ? view : (terminals[0]?.id ?? 'files')
  const second = isTerminal(shown) && isTerminal(beside) && beside !== shown ? beside : null
  // Where keys go, and what the menu is about.
  const current = focused !== null && (focused === shown || focused === second) ? focused : shown

  const show = (id: string) => {
    setView(id)
    setFocused(id)
    if (id === beside) setBeside(shown === id ? null : shown)
  }
  useEffect(() => {
    if (!visited.has(shown)) setVisited(new Set([...visited, shown]))
  }, [shown])
  // The text asks for a place: a port, or the terminal that it types into.
  useEffect(() => {
    const want = wanted.value
    if (!want) return
    wanted.value = null
    if (want !== 'terminal') show(want)
    else if (!isTerminal(shown))
      show(terminals.find((terminal) => terminal.id === beside)?.id ?? terminals[0]?.id ?? shown)
  }, [wanted.value])

  const leave = () => tabs.current?.querySelector<HTMLButtonElement>('[role=tab][aria-selected=true]')?.focus()
  const actions = useTerminals(session, { onOpened: show, onClosed: leave })
  const split = async () => {
    if (second) return setBeside(null)
    const other = terminals.find((terminal) => terminal.id !== current)?.id
    setBeside(other ?? (await actions.add(session.nodes[1] ?? session.nodes[0] ?? 'node1')))
    setView(current)
  }
  const active = terminals.find((terminal) => terminal.id === current)
  const newest = session.ports.at(-1)

  return (
    <div class="terminals not-content">
      <div class="terminal-tabs" ref={tabs}>
        <div role="tablist" aria-label="Workspace" aria-multiselectable="true" onKeyDown={moveBetweenTabs}>
          {terminals.map(({ id, title }) => (
            <WorkspaceTab key={id} id={id} selected={id === shown} beside={id === second} onSelect={show}>
              {title}
            </WorkspaceTab>
          ))}
          <WorkspaceTab id="files" selected={shown === 'files'} onSelect={show}>
            Files
          </WorkspaceTab>
          <WorkspaceTab id="preview" selected={shown === 'preview'} onSelect={show}>
            Preview{newest && <span class="port">{` :${newest.port}`}</span>}
          </WorkspaceTab>
        </div>
        <NewTerminal nodes={session.nodes} onOpen={(node) => void actions.open(node)} />
        <TerminalMenu
          terminal={active ?? null}
          closable={active !== undefined && active.id !== 'main'}
          split={second !== null}
          onSplit={() => void split()}
          onRename={(title) => active && void actions.rename(active.id, title)}
          onRestart={() => active && void actions.restart(active.id)}
          onClose={() => active && void actions.close(active.id)}
        />
      </div>
      <div class={second ? 'panes split' : 'panes'}>
        {terminals.map((terminal) => (
          <TerminalTab
            key={terminal.id}
            session={session.id}
            terminal={terminal}
            visible={terminal.id === shown || terminal.id === second}
            active={terminal.id === current}
            onFocus={() => setFocused(terminal.id)}
            onLeave={leave}
          />
        ))}
        {visited.has('files') && <FilesLoader session={session} visible={shown === 'files'} />}
        {visited.has('preview') && <PreviewPane session={session} visible={shown === 'preview'} />}
      </div>
    </div>
  )
}
