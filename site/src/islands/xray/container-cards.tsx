/** The containers of a node as cards: name, state, image, and what leads to them. */
import type { XrayContainer, XrayNode } from '@drydock/sandbox-server/contract'
import { typeCommand } from '../terminal/type-command.ts'
import { moodOf, stateOf } from './describe.ts'
import { Since } from './since.tsx'
import { Thing } from './thing.tsx'

export function ContainerCards({ node }: { node: XrayNode }) {
  if (node.containers.length === 0) return <NoContainers node={node} />
  return (
    <ul class="cards">
      {node.containers.map((container) => (
        <li key={container.id}>
          <Thing at={{ node: node.name, kind: 'container', id: container.id }} class="card" mood={moodOf(container)}>
            <Card container={container} />
          </Thing>
        </li>
      ))}
    </ul>
  )
}

function Card({ container }: { container: XrayContainer }) {
  const { name, image, ports, networks, mounts, restarts, started_at, state } = container
  return (
    <>
      <strong>{name}</strong>
      <span class="state">
        {stateOf(container)}
        {state === 'running' && started_at !== null && <Since at={started_at} />}
        {restarts > 0 && `, restarted ${restarts}×`}
      </span>
      <span class="of">{image}</span>
      <span class="tags">
        {ports.map(({ inside, outside }) => (
          <span key={`${outside} ${inside}`} class="tag port">{`:${outside} → ${inside}`}</span>
        ))}
        {networks.map((network) => (
          <span key={network.name} class="tag">{`in ${network.name}`}</span>
        ))}
        {mounts.map((mount) => (
          <span key={mount.target} class="tag">{`${mount.kind} at ${mount.target}`}</span>
        ))}
      </span>
    </>
  )
}

function NoContainers({ node }: { node: XrayNode }) {
  const names = node.images.flatMap((image) => image.names)
  const image = names.find((name) => name.startsWith('nginx:')) ?? names[0]
  const command = image && `docker run -d --name web ${image}`
  return (
    <div class="empty">
      <p>No container is here. As soon as one is made it appears, and so does what it does.</p>
      {command && (
        <button type="button" class="quiet command" onClick={() => typeCommand(command, node.name)}>
          {command}
        </button>
      )}
    </div>
  )
}
