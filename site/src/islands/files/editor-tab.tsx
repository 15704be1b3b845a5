/** The editor of one opened file, and how the file stands: saved, edited, changed elsewhere, gone. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OpenDocument } from './document.ts'
import { openEditor } from './editor.ts'
import { readableName } from './file-tree.ts'

interface Props {
  document: OpenDocument
  visible: boolean
  index: number
}

export function EditorTab({ document, visible, index }: Props) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!element.current) return
    const editor = openEditor({
      element: element.current,
      path: document.path,
      label: `Text of ${readableName(document.path)}`,
      text: document.text,
      onEdit: () => document.edited(),
      onSave: () => void document.save(),
    })
    document.editor = editor
    editor.focus()
    return () => {
      document.editor = undefined
      editor.close()
    }
  }, [document])
  return (
    <div
      role="tabpanel"
      id={`file-panel-${index}`}
      aria-labelledby={`file-tab-${index}`}
      class="editor"
      hidden={!visible}
    >
      <Conflict document={document} />
      <div class="editing" ref={element} />
    </div>
  )
}

function Conflict({ document }: { document: OpenDocument }) {
  const [shown, setShown] = useState(false)
  const state = document.state.value
  if (state.name === 'failed')
    return (
      <div class="bar bad" role="alert">
        <p>{`Not saved: ${state.problem.message}`}</p>
        <button type="button" class="solid" onClick={() => void document.save()}>
          Try again
        </button>
      </div>
    )
  if (state.name !== 'conflict') return null
  const { theirs } = state
  return (
    <div class="bar warn" role="alert">
      <p>
        {theirs === null
          ? 'This file was removed or cannot be read any more. Your text is still here.'
          : 'This file was changed outside, and you changed it here. Nothing is saved until you choose.'}
      </p>
      <div class="row">
        <button type="button" class="solid" onClick={() => void document.keepMine()}>
          {theirs === null ? 'Save mine again' : 'Keep mine'}
        </button>
        {theirs !== null && (
          <>
            <button type="button" class="quiet" onClick={() => document.takeTheirs()}>
              Take what is there
            </button>
            <button type="button" class="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
              Show it
            </button>
          </>
        )}
      </div>
      {shown && theirs !== null && (
        <pre class="theirs" tabIndex={0} aria-label="What is in the file now">
          {theirs}
        </pre>
      )}
    </div>
  )
}
