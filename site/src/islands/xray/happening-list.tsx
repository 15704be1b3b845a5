/** What happened, the newest first, as sentences; read out as it comes. */
import { xray } from './xray-store.ts'
import { sentence } from './happening-text.ts'

/** How many are shown. */
const most = 60

export function HappeningList({ node }: { node: string | null }) {
  const { happenings, missed, nodes } = xray.value
  const shown = happenings.filter((each) => node === null || each.node === node).slice(-most)
  return (
    <>
      {shown.length === 0 && <p class="empty">Nothing has happened yet on the engine of this lab.</p>}
      {missed > 0 && <p class="of">{`${missed} more happened too fast to be told.`}</p>}
      <div class="happenings" role="log" aria-label="What happened" tabIndex={0}>
        <ol>
          {shown.toReversed().map((each) => (
            <li key={`${each.number} ${each.at}`}>
              <time dateTime={new Date(each.at).toISOString()}>{new Date(each.at).toLocaleTimeString()}</time>
              {nodes.length > 1 && node === null && <span class="tag">{each.node}</span>}
              <span>{sentence(each)}</span>
            </li>
          ))}
        </ol>
      </div>
    </>
  )
}
