/** Who wants to type in this learner's terminal, may, or does: never hidden, and taken back with one key. */
import { decideConsent, help } from './class-store.ts'

export function HelpBar() {
  const { typing, typist } = help.value
  return (
    <div class="help-bar" role="status">
      {typing.map(({ instructor, name, is }) => (
        <div key={instructor} class="help-line is-typing">
          <p>
            {is === 'asked'
              ? `${name} would like to type in your terminal. You see every key and can take it back.`
              : typist?.name === name
                ? `${name} types in your terminal.`
                : `${name} may type in your terminal.`}
          </p>
          {is === 'asked' ? (
            <span class="row">
              <button type="button" class="solid" onClick={() => decideConsent(instructor, true)}>
                Let them
              </button>
              <button type="button" class="quiet" onClick={() => decideConsent(instructor, false)}>
                No
              </button>
            </span>
          ) : (
            <button type="button" class="quiet" onClick={() => decideConsent(instructor, false)}>
              Take it back
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
