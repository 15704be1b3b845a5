/** A panel of the workspace whose code is fetched when somebody first looks at it. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

interface PaneProps {
  session: SessionView
  visible: boolean
}

interface Props extends PaneProps {
  /** The panel is `panel-<id>`. */
  id: string
  /** At the start of a sentence. */
  what: string
  fetch: () => Promise<ComponentType<PaneProps>>
}

export function LazyPanel({ id, what, fetch, session, visible }: Props) {
  const [Pane, setPane] = useState<ComponentType<PaneProps> | null>(null)
  const [failed, setFailed] = useState(false)
  const load = () => {
    setFailed(false)
    fetch().then(
      (pane) => setPane(() => pane),
      () => setFailed(true),
    )
  }
  useEffect(load, [])
  return (
    <div role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} class={id} hidden={!visible}>
      {Pane && <Pane session={session} visible={visible} />}
      {failed && (
        <div class="bar bad" role="alert">
          <p>{`${what} could not be loaded.`}</p>
          <button type="button" class="solid" onClick={load}>
            Try again
          </button>
        </div>
      )}
    </div>
  )
}
