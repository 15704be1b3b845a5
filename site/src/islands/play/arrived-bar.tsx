/** Above the pane: what became of the files of a link, and the command that one would type for them. */
import { commandFor } from '../files/file-command.ts'
import { decideLanguage } from '../files/language.ts'
import { typeCommand } from '../terminal/type-command.ts'
import { isReady } from '../lab/store.ts'
import { wanted } from '../workspace/show-view.ts'
import type { LinkFile } from './play-link.ts'
import { arrived } from './play-state.ts'
import { putFiles } from './put-files.ts'

const names = (files: readonly LinkFile[]) => files.map(({ path }) => path).join(', ')
const are = (files: readonly LinkFile[]) => (files.length === 1 ? 'is' : 'are')

export function ArrivedBar() {
  return <div role="status">{isReady.value && arrived.value && <Told told={arrived.value} />}</div>
}

function Told({ told }: { told: NonNullable<typeof arrived.value> }) {
  const { there, inWay, lost, problem } = told
  if (lost.length > 0)
    return (
      <div class="bar bad">
        <p>{`${names(lost)} could not be written: ${problem?.message ?? ''}`}</p>
        <div class="row">
          <button type="button" class="solid" onClick={() => void putFiles([...lost, ...inWay], { replace: false })}>
            Try again
          </button>
          <button type="button" class="quiet" onClick={() => (arrived.value = { ...told, lost: [] })}>
            Leave {lost.length === 1 ? 'it' : 'them'} out
          </button>
        </div>
      </div>
    )
  if (inWay.length > 0)
    return (
      <div class="bar warn">
        <p>{`${names(inWay)} ${are(inWay)} in ~/work already, with another content.`}</p>
        <div class="row">
          <button type="button" class="solid" onClick={() => void putFiles(inWay, { replace: true })}>
            Replace with the link's
          </button>
          <button type="button" class="quiet" onClick={() => (arrived.value = { ...told, inWay: [] })}>
            Keep mine
          </button>
        </div>
      </div>
    )
  if (there.length === 0) return null
  const first =
    there.find(({ path }) => decideLanguage(path) === 'compose') ??
    there.find(({ path }) => decideLanguage(path) === 'dockerfile')
  const command = first ? commandFor(first.path) : null
  return (
    <div class="bar">
      <p>{`${names(there)} ${are(there)} in ~/work. Nothing was run.`}</p>
      <div class="row">
        {command !== null && (
          <button
            type="button"
            class="quiet mono"
            title="Types it into the terminal; Enter is yours"
            onClick={() => typeCommand(command)}
          >
            {`▸ ${command}`}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => (wanted.value = 'files')}>
          Show files
        </button>
        <button type="button" class="quiet" aria-label="Close this message" onClick={() => (arrived.value = null)}>
          ×
        </button>
      </div>
    </div>
  )
}
