/** The live picture of the engines of a lab: what is on them, what just changed, and what one may type to see the same. */
import type { SessionView, XrayNode } from '@drydock/sandbox-server/contract'
import { useEffect, useState } from 'preact/hooks'
import { countOf } from '../lab/clock.ts'
import { say } from '../lab/say.ts'
import { beside, focus, wanted } from '../workspace/show-view.ts'
import { Details } from './details.tsx'
import { findFocus } from './focus.ts'
import { HappeningList } from './happening-list.tsx'
import { NodePicture } from './xray-node.tsx'
import { followXray, line, opened, xray } from './xray-store.ts'
import { keyOf, type Ref } from './xray-state.ts'

export function XrayPane({ session, visible }: { session: SessionView; visible: boolean }) {
  const [chosen, setChosen] = useState<string | null>(null)
  // Nobody looks, nobody asks the engines.
  useEffect(() => (visible ? followXray(session.id) : undefined), [visible, session.id])
  const { nodes } = xray.value
  useEffect(() => {
    const wish = focus.value
    // All nodes have been seen.
    if (wish === null || nodes.length < session.nodes.length) return
    const found = findFocus(nodes, wish)
    // What the lab begins with may still be on its way.
    if (!found && session.setting_up) return
    focus.value = null
    setChosen(null)
    opened.value = found
    if (found) showThing(found)
    else say({ message: `There is no ${wish.replace('layers:', 'image:').replace(':', ' ')} at the moment.` })
  }, [focus.value, nodes, session.setting_up])
  const shown = nodes.filter(({ name }) => chosen === null || name === chosen)
  return (
    <>
      <header class="xray-head">
        <p class="summary">{nodes.length > 0 && summary(shown)}</p>
        <button type="button" class="quiet" onClick={beside.value === null ? goBeside : goAlone}>
          {beside.value === null ? 'Beside the terminal' : 'Alone'}
        </button>
        {session.nodes.length > 1 && (
          <p class="xray-nodes" role="group" aria-label="Nodes">
            {[null, ...session.nodes].map((name) => (
              <button
                key={name}
                type="button"
                class="quiet"
                aria-pressed={name === chosen}
                onClick={() => setChosen(name)}
              >
                {name ?? 'All'}
              </button>
            ))}
          </p>
        )}
      </header>
      {line.value === 'waiting' && (
        <p class="bar warn" role="status">
          Not connected: this is how it was. It goes on by itself.
        </p>
      )}
      <div class={opened.value ? 'xray-body with-details' : 'xray-body'}>
        <div class="picture" tabIndex={0} role="region" aria-label="Picture of the engines">
          {nodes.length === 0 && line.value !== 'waiting' && <p class="empty soon">Looking at the engine …</p>}
          {nodes.length > 0 && (
            <section class="node" aria-label="Time line">
              <h2>What happened</h2>
              <HappeningList node={chosen} />
            </section>
          )}
          {shown.map((node) => (
            <NodePicture key={node.name} node={node} only={shown.length === 1} />
          ))}
        </div>
        {opened.value && <Details at={opened.value} />}
      </div>
    </>
  )
}

/** Where it stands in the picture may be closed or out of sight. */
function showThing(ref: Ref): void {
  const key = keyOf(ref)
  for (const thing of document.querySelectorAll<HTMLElement>('[data-thing]')) {
    if (thing.dataset['thing'] !== key) continue
    thing.closest('details')?.setAttribute('open', '')
    return thing.scrollIntoView({ block: 'center' })
  }
}

function goBeside(): void {
  beside.value = 'xray'
  wanted.value = 'terminal'
}

function goAlone(): void {
  beside.value = null
  wanted.value = 'xray'
}

function summary(nodes: readonly XrayNode[]): string {
  const all = nodes.flatMap(({ containers }) => containers)
  const running = all.filter(({ state }) => state === 'running').length
  const stopped = all.length - running
  const count = (list: (node: XrayNode) => readonly unknown[]) =>
    nodes.reduce((sum, node) => sum + list(node).length, 0)
  return [
    running === 1 ? '1 container runs' : `${running} containers run`,
    stopped > 0 && `${stopped} more ${stopped === 1 ? 'does' : 'do'} not`,
    countOf(
      count(({ images }) => images),
      'image',
    ),
    countOf(
      count(({ networks }) => networks),
      'network',
    ),
    countOf(
      count(({ volumes }) => volumes),
      'volume',
    ),
  ]
    .filter(Boolean)
    .join(' · ')
}
