/** What is said to an answer: what was right, why each option is or is not, what the claim rests on. */
import type { QuestionView, Verdict } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'
import { Rubric } from './rubric.tsx'

export interface VerdictProps {
  question: QuestionView
  verdict: Verdict
  lesson: string
  onVerdict: (verdict: Verdict) => void
}

export function VerdictView(props: VerdictProps) {
  const { remarks } = props.verdict
  return (
    <div class="verdict">
      <Explained {...props} />
      {remarks.map((remark) => (
        <p key={remark}>
          <InlineCode text={remark} />
        </p>
      ))}
      <Claim verdict={props.verdict} />
    </div>
  )
}

interface Row {
  id: string
  text: string
  right: boolean
  /** What the learner did with it, in words; empty for nothing. */
  yours: string
}

function Explained({ question, verdict, lesson, onVerdict }: VerdictProps) {
  const { answer, key, whys } = verdict
  const rows = listRows(question, verdict)
  if (rows)
    return (
      <ul class={question.form === 'line' ? 'explained is-code' : 'explained'}>
        {rows.map(({ id, text, right, yours }) => (
          <li key={id} class={right ? 'right' : yours ? 'wrong' : ''}>
            <p class="what">
              {question.form === 'line' ? <code>{text}</code> : <InlineCode text={text} />}
              {right && <strong class="tag">right</strong>}
              {yours && <span class="tag">{yours}</span>}
            </p>
            <p class="why">
              <InlineCode text={whys[id] ?? ''} />
            </p>
          </li>
        ))}
      </ul>
    )
  if (!('text' in answer) || !('text' in key)) return null
  if (question.form === 'free')
    return (
      <>
        <Said name="Your answer" text={answer.text} />
        <Said name="A good answer" text={key.text} />
        <Rubric lesson={lesson} question={question.id} verdict={verdict} onVerdict={onVerdict} />
      </>
    )
  return (
    <dl class="compared">
      {verdict.correct !== true && <Typed name="yours" text={answer.text} />}
      {(verdict.correct !== true || answer.text.trim() !== key.text) && <Typed name="right" text={key.text} />}
    </dl>
  )
}

function listRows(question: QuestionView, { answer, key }: Verdict): Row[] | undefined {
  if (question.form === 'single' || question.form === 'multiple')
    return question.options.map(({ id, text }) => {
      const yours = chosen(answer).includes(id)
      return { id, text, right: chosen(key).includes(id), yours: yours ? 'your answer' : '' }
    })
  if (question.form === 'line' && answer.form === 'line' && key.form === 'line')
    return question.lines.map(({ id, text }) => ({
      ...{ id, text, right: key.line === id, yours: answer.line === id ? 'your answer' : '' },
    }))
  if (question.form === 'order' && answer.form === 'order' && key.form === 'order')
    return key.order.map((id, i) => {
      const at = answer.order.indexOf(id)
      const text = `${i + 1}. ${question.steps.find((step) => step.id === id)?.text ?? id}`
      return { id, text, right: at === i, yours: at === i ? '' : `you had it at ${at + 1}` }
    })
  if (question.form === 'match' && answer.form === 'match' && key.form === 'match') {
    const meaning = (id: string | undefined) => question.meanings.find((each) => each.id === id)?.text ?? ''
    return question.terms.map(({ id, text }) => {
      const right = answer.pairs[id] === key.pairs[id]
      const yours = right ? '' : `you chose: ${meaning(answer.pairs[id])}`
      return { id, text: `${text}: ${meaning(key.pairs[id])}`, right, yours }
    })
  }
  return undefined
}

const chosen = (answer: Verdict['answer']): readonly string[] =>
  answer.form === 'single' ? [answer.option] : answer.form === 'multiple' ? answer.options : []

function Typed({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{text}</code>
      </dd>
    </div>
  )
}

function Said({ name, text }: { name: string; text: string }) {
  return (
    <div class="said">
      <p class="label">{name}</p>
      <p>{text}</p>
    </div>
  )
}

function Claim({ verdict: { source, proof } }: { verdict: Verdict }) {
  return (
    <>
      {source !== null && (
        <p class="fine">
          {'Written down at '}
          <a href={source} rel="noreferrer">
            {source.replace(/^https:\/\//, '').replace(/\/$/, '')}
          </a>
        </p>
      )}
      {proof && (
        <details>
          <summary class="fine">How this was shown on an engine</summary>
          <pre class="quiz-code">
            <code>{proof.command.trimEnd()}</code>
            <samp>{`\n${proof.output.trimEnd()}`}</samp>
          </pre>
        </details>
      )}
    </>
  )
}
