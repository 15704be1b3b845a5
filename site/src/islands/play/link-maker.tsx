/** Makes a link that brings files into the playground, from what one types here; nothing leaves the browser. */
import { useId, useState } from 'preact/hooks'
import { copyText } from '../lab/copy-text.ts'
import { most, readLink, writeLink, type LinkFile, type PlayLink } from './play-link.ts'

const example: LinkFile = {
  path: 'compose.yaml',
  text: 'services:\n  web:\n    image: nginx:1.26\n    ports: ["8080:80"]\n',
}

export function LinkMaker() {
  const [nodes, setNodes] = useState<PlayLink['nodes']>(1)
  const [files, setFiles] = useState<readonly LinkFile[]>([example])
  const change = (at: number, part: Partial<LinkFile>) =>
    setFiles(files.map((file, i) => (i === at ? { ...file, ...part } : file)))
  const hash = writeLink({ nodes, files })
  // Whoever opens it reads it the same way.
  const read = readLink(hash)
  const wrong = files.length === 0 ? 'A link brings at least one file.' : read?.ok === false ? read.why : null
  return (
    <div class="link-maker">
      {files.map((file, i) => (
        <FileFields
          key={i}
          file={file}
          onChange={(part) => change(i, part)}
          onRemove={() => setFiles(files.filter((_, at) => at !== i))}
        />
      ))}
      <div class="row">
        <button
          type="button"
          class="quiet"
          disabled={files.length >= most.files}
          onClick={() =>
            setFiles([...files, { path: files.length === 0 ? 'Dockerfile' : `file-${files.length + 1}`, text: '' }])
          }
        >
          Add a file
        </button>
        <label class="machines-of">
          Machines{' '}
          <select value={nodes} onChange={(event) => setNodes(Number(event.currentTarget.value) as PlayLink['nodes'])}>
            {[1, 2, 3].map((n) => (
              <option key={n} value={n}>
                {n}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div aria-live="polite">
        {wrong !== null ? (
          <p class="problem">{wrong}</p>
        ) : (
          <>
            <Made label="The link" text={`${location.origin}/play/${hash}`} />
            <Made label="For Markdown" text={`[Open in the playground](${location.origin}/play/${hash})`} />
            <p class="row">
              <a class="button quiet" href={`/play/${hash}`} target="_blank" rel="noopener">
                Try it in a new tab
              </a>
            </p>
          </>
        )}
      </div>
    </div>
  )
}

interface FieldsProps {
  file: LinkFile
  onChange: (part: Partial<LinkFile>) => void
  onRemove: () => void
}

function FileFields({ file, onChange, onRemove }: FieldsProps) {
  const id = useId()
  return (
    <fieldset>
      <legend class="sr-only">{file.path}</legend>
      <div class="row">
        <label for={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          type="text"
          value={file.path}
          maxLength={most.path}
          spellcheck={false}
          autocapitalize="off"
          onInput={(event) => onChange({ path: event.currentTarget.value })}
        />
        <button type="button" class="quiet" onClick={onRemove} aria-label={`Remove ${file.path}`}>
          Remove
        </button>
      </div>
      <textarea
        aria-label={`Text of ${file.path}`}
        rows={Math.min(14, Math.max(5, file.text.split('\n').length))}
        value={file.text}
        spellcheck={false}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
      />
    </fieldset>
  )
}

function Made({ label, text }: { label: string; text: string }) {
  const id = useId()
  return (
    <div class="made">
      <label for={id}>{label}</label>
      <input id={id} type="text" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="quiet" onClick={(event) => void copyText(text, event.currentTarget)}>
        Copy
      </button>
    </div>
  )
}
