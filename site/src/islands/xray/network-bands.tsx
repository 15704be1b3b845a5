/** Networks and volumes of a node, each with the containers that use it. */
import type { XrayNode } from '@drydock/sandbox-server/contract'
import { Thing } from './thing.tsx'

export function NetworkBands({ node }: { node: XrayNode }) {
  return (
    <ul class="bands">
      {node.networks.map((network) => (
        <li key={network.id} class="band">
          <Thing at={{ node: node.name, kind: 'network', id: network.id }} class="head">
            <strong>{network.name}</strong>{' '}
            <span class="of">{[network.driver, network.subnet].filter(Boolean).join(', ')}</span>
          </Thing>
          <Users
            node={node}
            of={(container) =>
              container.networks
                .filter(({ name }) => name === network.name)
                .map(({ address }) => ({ name: container.name, how: address }))
            }
          />
        </li>
      ))}
    </ul>
  )
}

export function VolumeBands({ node }: { node: XrayNode }) {
  return (
    <ul class="bands">
      {node.volumes.map((volume) => (
        <li key={volume.name} class="band">
          <Thing at={{ node: node.name, kind: 'volume', id: volume.name }} class="head">
            <strong>{volume.anonymous ? volume.name.slice(0, 12) : volume.name}</strong>{' '}
            <span class="of">{volume.anonymous ? `${volume.driver}, made without a name` : volume.driver}</span>
          </Thing>
          <Users
            node={node}
            of={(container) =>
              container.mounts
                .filter(({ kind, source }) => kind === 'volume' && source === volume.name)
                .map(({ target, writable }) => ({
                  name: container.name,
                  how: writable ? target : `${target}, read only`,
                }))
            }
          />
        </li>
      ))}
    </ul>
  )
}

interface UsersProps {
  node: XrayNode
  of: (container: XrayNode['containers'][number]) => { name: string; how: string }[]
}

function Users({ node, of }: UsersProps) {
  const users = node.containers.flatMap((container) => of(container).map((use) => ({ id: container.id, ...use })))
  if (users.length === 0) return <p class="of">used by no container</p>
  return (
    <ul class="users">
      {users.map(({ id, name, how }) => (
        <li key={`${id} ${how}`}>
          <Thing at={{ node: node.name, kind: 'container', id }} class="user">
            {name}
            {how && <span class="of">{` ${how}`}</span>}
          </Thing>
        </li>
      ))}
    </ul>
  )
}
