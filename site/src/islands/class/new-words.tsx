/** What was said just now: stays until one has read it. */
import { Entry } from './class-log.tsx'
import { markRead, unread } from './class-store.ts'

export function NewWords() {
  const news = unread.value.slice(-3)
  return (
    <div role="status">
      {news.length > 0 && (
        <div class="new-words">
          <ol class="help-log">
            {news.map((entry) => (
              <Entry key={entry.n} entry={entry} />
            ))}
          </ol>
          <button type="button" class="quiet" onClick={markRead}>
            Got it
          </button>
        </div>
      )}
    </div>
  )
}
