/** The controls with which a question is answered, by its form. */
import { InlineCode } from '../lab/inline-code.tsx'
import type { FormProps } from './form-props.ts'
import { OrderForm } from './order-form.tsx'

export function AnswerForm(props: FormProps) {
  switch (props.question.form) {
    case 'single':
    case 'multiple':
      return <ChoiceForm {...props} />
    case 'order':
      return <OrderForm {...props} />
    case 'match':
      return <MatchForm {...props} />
    case 'line':
      return <LineForm {...props} />
    case 'output':
    case 'command':
    case 'free':
      return <TextForm {...props} />
  }
}

function ChoiceForm({ question, draft, name, onDraft, numbered }: FormProps) {
  if (question.form !== 'single' && question.form !== 'multiple') return null
  const chosen = draft?.form === 'multiple' ? draft.options : draft?.form === 'single' ? [draft.option] : []
  const single = question.form === 'single'
  const choose = (id: string) => {
    if (single) return onDraft({ form: 'single', option: id })
    const rest = chosen.filter((each) => each !== id)
    onDraft({ form: 'multiple', options: rest.length < chosen.length ? rest : [...chosen, id] })
  }
  return (
    <div class="choices" role={single ? 'radiogroup' : 'group'} {...labels(name)}>
      {question.options.map((option, i) => (
        <label key={option.id} class="choice">
          <input
            type={single ? 'radio' : 'checkbox'}
            name={name}
            checked={chosen.includes(option.id)}
            onChange={() => choose(option.id)}
          />
          <span>
            <InlineCode text={option.text} />
          </span>
          {numbered && <kbd aria-hidden="true">{i + 1}</kbd>}
        </label>
      ))}
    </div>
  )
}

function LineForm({ question, draft, name, onDraft }: FormProps) {
  if (question.form !== 'line') return null
  return (
    <div class="lines" role="radiogroup" {...labels(name)}>
      {question.lines.map((line, i) => (
        <label key={line.id} class="line">
          <input
            type="radio"
            name={name}
            checked={draft?.form === 'line' && draft.line === line.id}
            onChange={() => onDraft({ form: 'line', line: line.id })}
          />
          <span class="number" aria-hidden="true">
            {i + 1}
          </span>
          <code>{line.text}</code>
        </label>
      ))}
    </div>
  )
}

function MatchForm({ question, draft, name, onDraft }: FormProps) {
  if (question.form !== 'match' || draft?.form !== 'match') return null
  return (
    <div class="pairs" role="group" {...labels(name)}>
      {question.terms.map((term) => (
        <div key={term.id} class="pair">
          <label for={`${name}-${term.id}`}>
            <InlineCode text={term.text} />
          </label>
          <select
            id={`${name}-${term.id}`}
            value={draft.pairs[term.id] ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const { [term.id]: _, ...rest } = draft.pairs
              onDraft({ form: 'match', pairs: value === '' ? rest : { ...rest, [term.id]: value } })
            }}
          >
            <option value="">Choose …</option>
            {question.meanings.map((meaning) => (
              <option key={meaning.id} value={meaning.id}>
                {meaning.text.replaceAll('`', '')}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  )
}

function TextForm({ question, draft, name, onDraft }: FormProps) {
  if (question.form !== 'output' && question.form !== 'command' && question.form !== 'free') return null
  const { form } = question
  const common = {
    ...labels(name),
    value: draft && 'text' in draft ? draft.text : '',
    onInput: ({ currentTarget: { value: text } }: { currentTarget: { value: string } }) => onDraft({ form, text }),
  }
  if (form === 'free') return <textarea {...common} rows={5} maxLength={4000} />
  // Nothing that a browser or a keyboard would "correct" in a command.
  const asTyped = { spellcheck: false, autocapitalize: 'off', autocomplete: 'off', autocorrect: 'off' } as const
  return <input type="text" class="typed" {...common} {...asTyped} maxLength={2000} />
}

export const labels = (name: string) => ({ 'aria-labelledby': `${name}-text`, 'aria-describedby': `${name}-how` })
