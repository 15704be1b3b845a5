/** How a class answers: figures and bars, without a name. */
import type { QuizState } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'

export function QuizResults({ quiz }: { quiz: QuizState }) {
  const { question, options, answered, asked, right, open, key } = quiz
  const most = Math.max(1, ...options.map(({ count }) => count))
  const textOf = (id: string) =>
    'options' in question ? (question.options.find((each) => each.id === id)?.text ?? id) : id
  return (
    <div class="quiz-results">
      <p class="quiz-asked">
        <InlineCode text={question.text} />
      </p>
      {options.length > 0 && (
        <ul>
          {options.map(({ id, count }) => (
            <li key={id} class={!open && key.includes(id) ? 'is-right' : undefined}>
              <span class="words">
                <InlineCode text={textOf(id)} />
                {!open && key.includes(id) && <span class="right-word"> right</span>}
              </span>
              <span class="bar-place" aria-hidden="true">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span class="count">{count}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="fine" role="status">
        {`${answered} of ${asked} answered${open ? '' : `, ${right} right`}.`}
      </p>
    </div>
  )
}
