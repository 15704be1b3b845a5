/** The place where people work: terminals side by side, files, previews and the X-ray behind one row of tabs. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { lab } from '../lab/store.ts'
import { PreviewPane } from '../preview/preview-pane.tsx'
import { TerminalMenu } from '../terminal/terminal-menu.tsx'
import { TerminalTab } from '../terminal/terminal-tab.tsx'
import { NewTerminal } from '../terminal/new-terminal.tsx'
import { LazyPanel } from './lazy-panel.tsx'
import { beside as besideSignal, wanted } from './show-view.ts'
import { useTerminals } from './use-terminals.ts'
import { moveBetweenTabs, WorkspaceTab } from './workspace-tab.tsx'

const fetchFiles = () => import('../files/files-pane.tsx').then(({ FilesPane }) => FilesPane)
const fetchXray = () => import('../xray/xray-pane.tsx').then(({ XrayPane }) => XrayPane)

export function Workspace({ session }: { session: SessionView }) {
  const { terminals } = session
  const [view, setView] = useState<string>(terminals[0]?.id ?? 'files')
  const beside = besideSignal.value
  const setBeside = (id: string | null) => void (besideSignal.value = id)
  const [focused, setFocused] = useState<string | null>(null)
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set())
  const tabs = useRef<HTMLDivElement>(null)
  const isTerminal = (id: string | null) => terminals.some((terminal) => terminal.id === id)
  // In an incident one has the tools that one has in production.
  const hasXray = lab.value?.kind !== 'incident'
  const isXray = (id: string | null) => id === 'xray' && hasXray
  const isThere = view === 'files' || view === 'preview' || isXray(view) || isTerminal(view)
  const shown = isThere ? view : (terminals[0]?.id ?? 'files')
  // Beside each other: terminals, or one and the X-ray.
  const canSplit = (id: string | null) => isTerminal(id) || isXray(id)
  const second = canSplit(shown) && canSplit(beside) && beside !== shown ? beside : null
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
    if (typeof want === 'object') void showTerminalOf(want.node)
    else if (want !== 'terminal') show(want)
    else if (!isTerminal(shown))
      show(terminals.find((terminal) => terminal.id === beside)?.id ?? terminals[0]?.id ?? shown)
  }, [wanted.value])

  const leave = () => tabs.current?.querySelector<HTMLButtonElement>('[role=tab][aria-selected=true]')?.focus()
  const actions = useTerminals(session, { onOpened: show, onClosed: leave })
  const showTerminalOf = async (node: string) => {
    const likely = [current, shown, beside]
    const found = terminals
      .filter((terminal) => terminal.node === node)
      .toSorted((a, b) => Number(likely.includes(b.id)) - Number(likely.includes(a.id)))[0]
    if (!found) return actions.open(node)
    if (found.id === second) setFocused(found.id)
    else show(found.id)
  }
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
          {hasXray && (
            <WorkspaceTab id="xray" selected={shown === 'xray'} beside={second === 'xray'} onSelect={show}>
              X-ray
            </WorkspaceTab>
          )}
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
        {visited.has('files') && (
          <LazyPanel id="files" what="The editor" fetch={fetchFiles} session={session} visible={shown === 'files'} />
        )}
        {visited.has('preview') && <PreviewPane session={session} visible={shown === 'preview'} />}
        {hasXray && (visited.has('xray') || second === 'xray') && (
          <LazyPanel
            id="xray"
            what="The X-ray"
            fetch={fetchXray}
            session={session}
            visible={shown === 'xray' || second === 'xray'}
          />
        )}
      </div>
    </div>
  )
}
