/** What is said to an answer: what was right, why each option is or is not, what the claim rests on. */
import type { QuestionView, Verdict } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'
import type { ComponentChildren } from 'preact'

export interface VerdictProps {
  question: QuestionView
  verdict: Verdict
  /** Below a free answer: its rubric, to be ticked. */
  children?: ComponentChildren
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

function Explained({ question, verdict, children }: VerdictProps) {
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
  if (!('text' in key)) return null
  const text = answer && 'text' in answer ? answer.text : null
  if (question.form === 'free')
    return (
      <>
        {text !== null && <Said name="Your answer" text={text} />}
        <Said name="A good answer" text={key.text} />
        {children}
      </>
    )
  return (
    <dl class="compared">
      {verdict.correct !== true && text !== null && <Typed name="yours" text={text} />}
      {(verdict.correct !== true || text?.trim() !== key.text) && <Typed name="right" text={key.text} />}
    </dl>
  )
}

function listRows(question: QuestionView, { answer, key }: Verdict): Row[] | undefined {
  if (question.form === 'single' || question.form === 'multiple')
    return question.options.map(({ id, text }) => {
      const yours = chosen(answer).includes(id)
      return { id, text, right: chosen(key).includes(id), yours: yours ? 'your answer' : '' }
    })
  if (question.form === 'line' && key.form === 'line') {
    const yours = answer?.form === 'line' ? answer.line : null
    return question.lines.map(({ id, text }) => ({
      ...{ id, text, right: key.line === id, yours: yours === id ? 'your answer' : '' },
    }))
  }
  if (question.form === 'order' && key.form === 'order')
    return key.order.map((id, i) => {
      const at = answer?.form === 'order' ? answer.order.indexOf(id) : i
      const text = `${i + 1}. ${question.steps.find((step) => step.id === id)?.text ?? id}`
      return { id, text, right: at === i, yours: at === i ? '' : `you had it at ${at + 1}` }
    })
  if (question.form === 'match' && key.form === 'match') {
    const pairs = answer?.form === 'match' ? answer.pairs : key.pairs
    const meaning = (id: string | undefined) => question.meanings.find((each) => each.id === id)?.text ?? ''
    return question.terms.map(({ id, text }) => {
      const right = pairs[id] === key.pairs[id]
      const yours = right ? '' : `you chose: ${meaning(pairs[id])}`
      return { id, text: `${text}: ${meaning(key.pairs[id])}`, right, yours }
    })
  }
  return undefined
}

const chosen = (answer: Verdict['answer']): readonly string[] =>
  answer?.form === 'single' ? [answer.option] : answer?.form === 'multiple' ? answer.options : []

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
      <p>
        <InlineCode text={text} />
      </p>
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
