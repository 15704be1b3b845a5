/** A learner's terminal as it is now, with whose keys are typed; loads xterm when somebody is looked at. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { WatchedTerminal } from '../terminal/watch-terminal.ts'

interface LookProps {
  path: string
  label: string
  mayType: boolean
  onLeave: () => void
}

const fetchTerminal = () =>
  Promise.all([
    import('../terminal/watch-terminal.ts'),
    document.fonts.load('14px "JetBrains Mono Variable"').catch(() => undefined),
  ])

export function LookTerminal({ path, label, mayType, onLeave }: LookProps) {
  const element = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<WatchedTerminal | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let handle: WatchedTerminal | undefined
    let left = false
    fetchTerminal().then(
      ([{ watchTerminal }]) => {
        if (left || !element.current) return
        handle = watchTerminal({ element: element.current, path, label, onLeave })
        setOpened(handle)
      },
      () => setFailed(true),
    )
    return () => {
      left = true
      handle?.close()
      setOpened(null)
    }
  }, [path])
  useEffect(() => {
    opened?.setTyping(mayType)
    if (mayType) opened?.focus()
  }, [opened, mayType])
  const status = opened?.status.value
  return (
    <div class={mayType ? 'look-terminal may-type' : 'look-terminal'}>
      {failed && (
        <p class="bar bad" role="alert">
          The terminal could not be loaded. Reload the page.
        </p>
      )}
      {status?.state === 'waiting' && (
        <p class="bar warn" role="status">
          Not connected. This page tries again by itself.
        </p>
      )}
      {status && (status.ended || status.state === 'closed') && (
        <p class="bar warn" role="status">
          {status.closeCode === 4404 || status.ended ? 'This shell has ended.' : 'The server has closed this view.'}
        </p>
      )}
      <div class="look-screen" tabIndex={0} role="group" aria-label={label} ref={element} />
    </div>
  )
}
