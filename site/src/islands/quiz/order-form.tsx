/** Steps to put in order. */
import type { FormProps } from './form-props.ts'
import { OrderList } from './order-list.tsx'

export function OrderForm({ question, draft, name, onDraft }: FormProps) {
  if (question.form !== 'order' || draft?.form !== 'order') return null
  const textOf = (id: string) => question.steps.find((step) => step.id === id)?.text ?? id
  return (
    <OrderList
      entries={draft.order.map((id) => ({ id, text: textOf(id) }))}
      noun="step"
      name={name}
      onOrder={(order) => onDraft({ form: 'order', order })}
    />
  )
}
