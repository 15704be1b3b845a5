/** The reference solution of a task: asked for twice, with its reasoning first. */
import { runInTerminal } from './run-in-terminal.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { copyText } from './copy-text.ts'
import { InlineCode } from './inline-code.tsx'
import { openSolution } from './lab-actions.ts'
import { isReady, solutions } from './store.ts'

export function Solution({ task }: { task: string }) {
  const solution = solutions.value[task]
  if (solution)
    return (
      <div class="solution">
        <span class="label">One way to do it</span>
        <p>
          <InlineCode text={solution.why} />
        </p>
        <pre tabIndex={0}>
          <code>{solution.script}</code>
        </pre>
        <div class="row">
          <button type="button" class="quiet" onClick={(event) => void copyText(solution.script, event.currentTarget)}>
            Copy
          </button>
          {isReady.value && (
            <button type="button" class="quiet" onClick={() => runInTerminal(solution.script)}>
              Run in terminal
            </button>
          )}
        </div>
      </div>
    )
  if (!isReady.value) return null
  return (
    <ConfirmButton
      label="Solution"
      question="This shows one way to do the task, and why. The task still turns green only when your own lab shows it."
      yes="Show it"
      no="Not yet"
      onConfirm={() => void openSolution(task)}
    />
  )
}
