/** The files of a node's work folder: a tree, what one can do with it, and an editor with tabs. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import { useState } from 'preact/hooks'
import { Dialog } from '../terminal/dialog.tsx'
import { moveBetweenTabs } from '../workspace/workspace-tab.tsx'
import { EditorTab } from './editor-tab.tsx'
import { readableName, refuseName } from './file-tree.ts'
import { TreeView } from './tree-view.tsx'
import { useFiles } from './use-files.ts'

export function FilesPane({ session }: { session: SessionView; visible: boolean }) {
  const [node, setNode] = useState(session.nodes[0] ?? 'node1')
  return (
    <>
      {session.nodes.length > 1 && (
        <p class="file-nodes" role="group" aria-label="Files of">
          {session.nodes.map((name) => (
            <button key={name} type="button" class="quiet" aria-pressed={name === node} onClick={() => setNode(name)}>
              {name}
            </button>
          ))}
        </p>
      )}
      <NodeFiles key={node} session={session.id} node={node} />
    </>
  )
}

function NodeFiles({ session, node }: { session: string; node: string }) {
  const files = useFiles(session, node)
  const { tree, nodes, selected, documents, shown, asking, undo } = files
  const folder = tree?.folder.replace(/^\/root/, '~') ?? ''
  return (
    <div class="file-columns">
      <div class="file-tree">
        <div class="file-tools" role="group" aria-label="Files">
          <button type="button" class="quiet" onClick={() => files.ask('file')}>
            New file
          </button>
          <button type="button" class="quiet" onClick={() => files.ask('folder')}>
            New folder
          </button>
          <label class="button quiet upload">
            Upload
            <input
              type="file"
              multiple
              onChange={(event) => {
                void files.upload([...(event.currentTarget.files ?? [])])
                event.currentTarget.value = ''
              }}
            />
          </label>
          {selected !== null && (
            <>
              <a class="button quiet" href={files.downloadUrl(selected)} download>
                Download
              </a>
              <button type="button" class="quiet" onClick={() => files.ask('rename')}>
                Rename
              </button>
              <button type="button" class="quiet" onClick={() => void files.remove(selected)}>
                Delete
              </button>
            </>
          )}
        </div>
        {undo && (
          <div class="bar warn" role="status">
            <p>{`${readableName(undo.path)} was deleted.`}</p>
            <button type="button" class="solid" onClick={() => void files.restore()}>
              Undo
            </button>
          </div>
        )}
        {files.lost && (
          <p class="bar warn" role="status">
            Not connected: this tree may be old. Trying again …
          </p>
        )}
        <p class="fine where">{folder}</p>
        {tree && nodes.length === 0 && <p class="fine where">Nothing in here yet.</p>}
        {nodes.length > 0 && (
          <TreeView
            nodes={nodes}
            selected={selected}
            onSelect={files.select}
            actions={{
              open: ({ entry }) => void files.open(entry),
              rename: () => files.ask('rename'),
              remove: ({ entry }) => void files.remove(entry.path),
            }}
          />
        )}
        {tree?.more && <p class="fine where">There is more than is shown here. Use the terminal for the rest.</p>}
      </div>
      <div class="file-editors">
        {documents.length > 0 && (
          <div class="terminal-tabs">
            <div role="tablist" aria-label="Opened files" onKeyDown={moveBetweenTabs}>
              {documents.map((document, i) => (
                <button
                  key={document.path}
                  type="button"
                  role="tab"
                  id={`file-tab-${i}`}
                  aria-controls={`file-panel-${i}`}
                  aria-selected={document === shown}
                  tabIndex={document === shown ? 0 : -1}
                  title={readableName(document.path)}
                  onClick={() => files.show(document)}
                >
                  {readableName(document.path.slice(document.path.lastIndexOf('/') + 1))}
                  <Mark state={document.state.value.name} />
                </button>
              ))}
            </div>
            {shown && (
              <>
                {files.command(shown.path) && (
                  <button
                    type="button"
                    class="icon run"
                    title="Types it into the terminal"
                    onClick={() => files.run(shown.path)}
                  >
                    {`▸ ${files.command(shown.path) ?? ''}`}
                  </button>
                )}
                <button
                  type="button"
                  class="icon"
                  aria-label="Close this file"
                  title="Close"
                  onClick={() => void files.close(shown)}
                >
                  ×
                </button>
              </>
            )}
          </div>
        )}
        {documents.map((document, i) => (
          <EditorTab key={document.path} document={document} visible={document === shown} index={i} />
        ))}
        {documents.length === 0 && (
          <div class="nothing">
            <h2>Open a file</h2>
            <p>It is saved as you type, and what you change in the terminal appears here.</p>
          </div>
        )}
        <p class="sr-only" role="status">
          {shown ? `${readableName(shown.path)}: ${words[shown.state.value.name]}` : ''}
        </p>
      </div>
      {asking && (
        <AskName title={asking.title} name={asking.name} onName={asking.act} onClose={() => files.ask(null)} />
      )}
    </div>
  )
}

const words = {
  saved: 'saved',
  edited: 'not saved yet',
  saving: 'saving',
  conflict: 'changed outside as well',
  failed: 'could not be saved',
} as const

function Mark({ state }: { state: keyof typeof words }) {
  if (state === 'saved') return null
  return (
    <span class={`mark-${state}`} title={words[state]}>
      {state === 'conflict' || state === 'failed' ? ' !' : ' •'}
    </span>
  )
}

interface AskProps {
  title: string
  name: string
  onName: (name: string) => void
  onClose: () => void
}

function AskName({ title, name: before, onName, onClose }: AskProps) {
  const [name, setName] = useState(before)
  const [wrong, setWrong] = useState<string | null>(null)
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          const why = refuseName(name)
          setWrong(why)
          if (why === null) onName(name)
        }}
      >
        <input
          type="text"
          aria-label="Name"
          value={name}
          spellcheck={false}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="solid">
          All right
        </button>
        {wrong && <p role="alert">{wrong}</p>}
      </form>
    </Dialog>
  )
}
