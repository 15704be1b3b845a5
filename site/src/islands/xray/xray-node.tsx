/** Everything on one node: how its engine is, and what is on it, part by part. */
import type { XrayNode } from '@drydock/sandbox-server/contract'
import type { ComponentChildren } from 'preact'
import { countOf } from '../lab/clock.ts'
import { typeCommand } from '../terminal/type-command.ts'
import { ContainerCards } from './container-cards.tsx'
import { LayerPiles } from './layer-pile.tsx'
import { engineLesson } from './lesson-links.ts'
import { NetworkBands, VolumeBands } from './network-bands.tsx'
import { SwarmBoard } from './swarm-board.tsx'

/** `only`: it is the only node that is shown, so there is room for all of it. */
export function NodePicture({ node, only }: { node: XrayNode; only: boolean }) {
  const more = (kind: XrayNode['left_out'][number], shown: number) =>
    node.left_out.includes(kind) ? `the first ${shown}` : String(shown)
  const { containers, images, networks, volumes, swarm } = node
  return (
    <section class="node" aria-label={node.name} data-engine={node.engine}>
      <h2>
        {node.name}
        <span class="of">{node.engine === 'up' && node.version ? ` Docker Engine ${node.version}` : ''}</span>
      </h2>
      <EngineBar node={node} />
      {swarm?.role === 'manager' && (
        <Part title="Swarm" count={countOf(swarm.members.length, 'machine')} open>
          <SwarmBoard node={node} />
        </Part>
      )}
      <Part title="Containers" count={more('containers', containers.length)} open>
        <ContainerCards node={node} />
      </Part>
      <Part title="Networks" count={more('networks', networks.length)} open={only}>
        <NetworkBands node={node} />
      </Part>
      <Part title="Volumes" count={more('volumes', volumes.length)} open={only}>
        {volumes.length === 0 ? <p class="empty">No volume is here.</p> : <VolumeBands node={node} />}
      </Part>
      <Part title="Images and their layers" count={more('images', images.length)} open={only}>
        <LayerPiles node={node} />
      </Part>
    </section>
  )
}

function Part(props: { title: string; count: string; open: boolean; children: ComponentChildren }) {
  return (
    <details class="part" open={props.open}>
      <summary>
        <h3>{props.title}</h3> <span class="of">{props.count}</span>
      </summary>
      {props.children}
    </details>
  )
}

function EngineBar({ node }: { node: XrayNode }) {
  if (node.engine === 'up') return null
  if (node.engine === 'strange')
    return (
      <p class="bar warn">
        {`What answers on ${node.name} does not answer as a Docker Engine does. What was understood of it is shown.`}
      </p>
    )
  return (
    <div class="bar bad">
      <p>
        {`The Docker Engine of ${node.name} does not answer. What was seen last is shown. `}
        <a href={engineLesson.href}>{`Lesson: ${engineLesson.title}`}</a>
      </p>
      <button type="button" class="quiet command" onClick={() => typeCommand('service docker start', node.name)}>
        service docker start
      </button>
    </div>
  )
}
