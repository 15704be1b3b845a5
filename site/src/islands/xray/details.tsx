/** What is known about the thing that was opened, what belongs to it, and the commands that show the same in the terminal. */
import type { XrayNode } from '@drydock/sandbox-server/contract'
import { useEffect, useRef } from 'preact/hooks'
import { typeCommand } from '../terminal/type-command.ts'
import { describe } from './describe.ts'
import { Inside } from './inside.tsx'
import { explained } from './lesson-links.ts'
import { opened, xray } from './xray-store.ts'
import { keyOf, relatedTo, type Ref } from './xray-state.ts'

export function Details({ at }: { at: Ref }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const key = keyOf(at)
  useEffect(() => heading.current?.focus(), [key])
  const node = xray.value.nodes.find(({ name }) => name === at.node)
  const told = node && describe(node, at)
  const { word, is, lesson } = explained[at.kind]
  return (
    <section
      class="details"
      aria-label="Details"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close(key)
      }}
    >
      <header>
        <h3 ref={heading} tabIndex={-1}>
          {told?.name ?? at.id}
        </h3>
        <button type="button" class="quiet" onClick={() => close(key)}>
          Close
        </button>
      </header>
      <p class="of">
        {`${/^[aeiou]/.test(word) ? 'An' : 'A'} ${word}${xray.value.nodes.length > 1 ? ` on ${at.node}` : ''}. ${is} `}
        <a href={lesson.href}>{`Lesson: ${lesson.title}`}</a>
      </p>
      {told && node ? (
        <>
          {told.note && <p class="remark">{told.note}</p>}
          <dl>
            {told.facts.map(([what, value], i) => (
              <div key={`${i} ${what}`}>
                <dt>{what}</dt>
                <dd>{value || 'nothing'}</dd>
              </div>
            ))}
          </dl>
          {at.kind === 'container' && <Inside at={at} node={node} />}
          <Related node={node} at={at} />
          <h4>The same in the terminal</h4>
          <p class="commands">
            {told.commands.map((command) => (
              <button key={command} type="button" class="quiet command" onClick={() => typeCommand(command, at.node)}>
                {command}
              </button>
            ))}
          </p>
        </>
      ) : (
        <p>It is not there any more.</p>
      )}
    </section>
  )
}

function Related({ node, at }: { node: XrayNode; at: Ref }) {
  const refs = relatedTo(node, at)
  if (refs.length === 0) return null
  return (
    <>
      <h4>Belongs to it</h4>
      <p class="commands">
        {refs.map((ref) => (
          <button key={keyOf(ref)} type="button" class="quiet" onClick={() => (opened.value = ref)}>
            {`${explained[ref.kind].word} ${describe(node, ref)?.name ?? ref.id}`}
          </button>
        ))}
      </p>
    </>
  )
}

/** The keyboard goes back to where it came from. */
function close(key: string): void {
  opened.value = null
  for (const thing of document.querySelectorAll<HTMLElement>('[data-thing]'))
    if (thing.dataset['thing'] === key) return thing.focus()
}
