/** What a link brings, shown word for word and asked about. Nothing of it is written before, and nothing of it runs. */
import { useEffect } from 'preact/hooks'
import { countOf, formatBytes } from '../lab/clock.ts'
import { startLab } from '../lab/lab-actions.ts'
import { isReady, lab, session } from '../lab/store.ts'
import { Dialog } from '../terminal/dialog.tsx'
import { sizeOf, type PlayLink } from './play-link.ts'
import { arrived, asked, coming, forgetLink } from './play-state.ts'

export function LinkQuestion() {
  const found = asked.value
  const empty = found?.ok === true && found.link.files.length === 0
  // A number of machines is no question.
  useEffect(() => {
    if (empty) forgetLink()
  }, [empty])
  if (!found || empty) return null
  if (!found.ok)
    return (
      <Dialog title="This link cannot be used" onClose={forgetLink}>
        <p>{found.why}</p>
        <p>
          Nothing of it was taken over. Whoever made it finds out <a href="/play/link/">how a link is written</a>.
        </p>
        <div class="row">
          <button type="button" class="solid" onClick={forgetLink}>
            Go on without it
          </button>
        </div>
      </Dialog>
    )
  return <Brought link={found.link} />
}

function Brought({ link }: { link: PlayLink }) {
  const { files } = link
  const running = session.value
  const kept = running ? null : (lab.value?.kept ?? null)
  const agree = (start: { resume: boolean } | null) => {
    arrived.value = null
    coming.value = files
    forgetLink()
    if (start) void startLab(start)
  }
  return (
    <Dialog title={`This link brings ${countOf(files.length, 'file')}`} onClose={forgetLink}>
      <p>
        Somebody wrote them; this site did not. Read what they do. They are put into <code>~/work</code> when you say
        so, and nothing runs before you run it.
      </p>
      {running && running.nodes.length < link.nodes && (
        <p class="problem">
          {`It is meant for ${countOf(link.nodes, 'machine')}, and your playground has ${running.nodes.length}. End it first to start one of that size.`}
        </p>
      )}
      {files.map(({ path, text }) => (
        <figure key={path} class="brought">
          <figcaption>
            <strong>{path}</strong> {formatBytes(sizeOf(text))}
          </figcaption>
          <pre tabIndex={0} aria-label={path}>
            <code>{text}</code>
          </pre>
        </figure>
      ))}
      <div class="row">
        {running ? (
          <button type="button" class="solid" onClick={() => agree(null)}>
            {isReady.value ? 'Put them into ~/work' : 'Put them into ~/work when it is ready'}
          </button>
        ) : (
          <button type="button" class="solid" onClick={() => agree({ resume: false })}>
            Start with them
          </button>
        )}
        {kept && (
          <button type="button" class="quiet" onClick={() => agree({ resume: true })}>
            Add them to what was kept
          </button>
        )}
        <button type="button" class="quiet" onClick={forgetLink}>
          Leave them out
        </button>
      </div>
      {kept && (
        <p class="fine">
          {`${formatBytes(kept.bytes)} of your last playground are kept. One that starts without them replaces them when it ends.`}
        </p>
      )}
    </Dialog>
  )
}
