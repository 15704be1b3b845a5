/** What was said to this learner and done for them: messages, hints, commands, files, and every look and keystroke of an instructor. */
import type { LogEntry } from '@drydock/sandbox-server/contract'
import { formatExact, formatTime } from '../lab/clock.ts'
import { describeEntry } from '../workshop/log-words.ts'
import { nameTask } from '../workshop/name-task.ts'
import { entries, member } from './class-store.ts'
import { isWord } from './is-word.ts'

export function ClassLog({ wordsOnly = false }: { wordsOnly?: boolean }) {
  const shown = entries.value.filter((entry) => !wordsOnly || isWord(entry)).toReversed()
  if (shown.length === 0) return <p class="fine">Nothing yet.</p>
  return (
    <ol class="help-log">
      {shown.map((entry) => (
        <Entry key={entry.n} entry={entry} />
      ))}
    </ol>
  )
}

export function Entry({ entry }: { entry: LogEntry }) {
  const { at, by, what } = entry
  const program = member.value?.program ?? []
  return (
    <li>
      <time title={formatExact(at)}>{formatTime(at)}</time> <bdi>{by}</bdi>{' '}
      {what.kind === 'command' ? (
        <Command text={what.text} />
      ) : what.kind === 'message' || what.kind === 'hint' ? (
        <span class="said-text">{what.text}</span>
      ) : what.kind === 'highlight' ? (
        <a href={what.place}>{`shows you: “${what.text}”`}</a>
      ) : (
        <span>
          {describeEntry({ ...entry, member: entry.member && { ...entry.member, name: 'you' } }, (lab, task) =>
            nameTask(program, lab, task),
          )}
        </span>
      )}
    </li>
  )
}

/** As a code block of a lesson, so that its buttons work as theirs do. */
function Command({ text }: { text: string }) {
  const beside = document.querySelector('.lab-pane') !== null
  return (
    <figure class="code shell" data-text={text}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <div class="code-buttons">
        <button type="button" data-copy-code>
          Copy
        </button>
        {beside && (
          <button type="button" data-run>
            Run in terminal
          </button>
        )}
      </div>
    </figure>
  )
}
