/** What a lesson asks the X-ray to open, such as `container:web` or `layers:app`. Pure. */
import type { XrayNode } from '@drydock/sandbox-server/contract'
import type { Ref } from './xray-state.ts'

export const focusPattern = /^(container|image|layers|network|volume|service):([\w./:-]{1,100})$/

/** Null: there is no such thing at the moment. */
export function findFocus(nodes: readonly XrayNode[], focus: string): Ref | null {
  const [, kind, name = ''] = focusPattern.exec(focus) ?? []
  for (const node of nodes) {
    const ref = (of: Ref['kind'], id: string | undefined): Ref | null =>
      id === undefined ? null : { node: node.name, kind: of, id }
    const named = (list: readonly { id: string; name: string }[] | undefined) =>
      list?.find((each) => each.name === name)?.id
    const image = () => node.images.find(({ names }) => names.includes(name) || names.includes(`${name}:latest`))?.id
    const found =
      kind === 'container'
        ? ref('container', named(node.containers))
        : kind === 'network'
          ? ref('network', named(node.networks))
          : kind === 'service'
            ? ref('service', named(node.swarm?.services))
            : kind === 'volume'
              ? ref('volume', node.volumes.find((each) => each.name === name)?.name)
              : ref('image', image())
    if (found) return found
  }
  return null
}
