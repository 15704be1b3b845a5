/** The bar over a terminal that is not as it should be: no line, no shell. */
import { now } from '../lab/clock.ts'
import type { OpenTerminal } from './create-terminal.ts'

export function TerminalTrouble({ opened }: { opened: OpenTerminal }) {
  const { state, closeCode, retryAt, exit, waiting } = opened.status.value
  const ended = exit
    ? `This shell has ended${exit.code === null ? '' : ` with exit code ${exit.code}`}.`
    : closeCode === 4404
      ? 'This terminal does not exist any more.'
      : 'This terminal was closed by the server.'
  if (exit || state === 'closed')
    return (
      <div class="bar warn" role="status">
        <p>{ended}</p>
        <button type="button" class="solid" onClick={opened.begin}>
          New shell
        </button>
      </div>
    )
  if (state === 'open' || retryAt === null) return null
  const seconds = Math.max(0, Math.ceil((retryAt - now.value) / 1000))
  return (
    <div class="bar warn" role="status">
      <p>
        <span>Not connected. Your shell goes on; what you type is sent when the line is back. Trying again</span>{' '}
        <span aria-live="off">{seconds > 0 ? `in ${seconds} s` : 'now'}</span> …
      </p>
      {waiting > 0 && (
        <button type="button" class="quiet" onClick={opened.discard}>
          {`Forget ${waiting} waiting ${waiting === 1 ? 'character' : 'characters'}`}
        </button>
      )}
    </div>
  )
}
