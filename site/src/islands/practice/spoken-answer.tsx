/** The model answer at its three depths, one click each: a sentence, what a senior says, and what an interviewer asks next. */
import type { SpokenView } from '@drydock/sandbox-server/contract'
import { InlineCode } from '../lab/inline-code.tsx'

export function SpokenAnswer({ spoken: { short, senior, next } }: { spoken: SpokenView }) {
  return (
    <div class="spoken">
      <p class="label">How one says it</p>
      <Depth name="In one sentence" text={short} />
      <Depth name="As a senior says it" text={senior} />
      <details>
        <summary>What is asked next</summary>
        <p class="follow-up">
          <InlineCode text={next.asks} />
        </p>
        <Depth name="What one says to that" text={next.answer} />
      </details>
    </div>
  )
}

function Depth({ name, text }: { name: string; text: string }) {
  return (
    <details>
      <summary>{name}</summary>
      <p>
        <InlineCode text={text} />
      </p>
    </details>
  )
}
