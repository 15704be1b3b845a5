/** Fetches the editor when somebody first looks at the files. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'

type Pane = typeof import('./files-pane.tsx').FilesPane

export function FilesLoader({ session, visible }: { session: SessionView; visible: boolean }) {
  const [Pane, setPane] = useState<Pane | null>(null)
  const [failed, setFailed] = useState(false)
  const load = () => {
    setFailed(false)
    import('./files-pane.tsx').then(
      ({ FilesPane }) => setPane(() => FilesPane),
      () => setFailed(true),
    )
  }
  useEffect(load, [])
  return (
    <div role="tabpanel" id="panel-files" aria-labelledby="tab-files" class="files" hidden={!visible}>
      {Pane && <Pane session={session} visible={visible} />}
      {failed && (
        <div class="bar bad" role="alert">
          <p>The editor could not be loaded.</p>
          <button type="button" class="solid" onClick={load}>
            Try again
          </button>
        </div>
      )}
    </div>
  )
}
