/** All images of a node as piles of layers: what several share is there once, below what they do not. */
import type { XrayNode } from '@drydock/sandbox-server/contract'
import { formatSize } from '../files/file-tree.ts'
import { imageName } from './describe.ts'
import { growTrees, type LayerTree } from './layer-tree.ts'
import { Thing } from './thing.tsx'

export function LayerPiles({ node }: { node: XrayNode }) {
  const used = new Set(node.containers.map(({ image_id }) => image_id))
  const images = node.images.toSorted((a, b) => Number(used.has(b.id)) - Number(used.has(a.id)))
  const empty = images.filter(({ layers }) => layers.length === 0)
  if (images.length === 0) return <p class="empty">No image is here.</p>
  return (
    <ul class="piles">
      {growTrees(images).map((tree) => (
        <Layer key={tree.layer.id} tree={tree} node={node.name} used={used} />
      ))}
      {empty.map((image) => (
        <li key={image.id}>
          <Thing at={{ node: node.name, kind: 'image', id: image.id }} class="image">
            {`${imageName(image)}, no layers`}
          </Thing>
        </li>
      ))}
    </ul>
  )
}

function Layer({ tree, node, used }: { tree: LayerTree; node: string; used: ReadonlySet<string> }) {
  const { layer, images, shared, above } = tree
  return (
    <li class="pile">
      <p class="layer" data-shared={shared > 1}>
        <span class="size">{layer.size === null ? 'layer' : formatSize(layer.size)}</span>
        <code title={layer.made_by}>{layer.made_by || layer.id}</code>
        {shared > 1 && <span class="tag">{`in ${shared} images`}</span>}
      </p>
      {images.map((image) => (
        <Thing key={image.id} at={{ node, kind: 'image', id: image.id }} class="image">
          <strong>{imageName(image)}</strong>{' '}
          <span class="of">{`${formatSize(image.size)}${used.has(image.id) ? ', in use' : ''}`}</span>
        </Thing>
      ))}
      {above.length > 0 && (
        <ul>
          {above.map((next) => (
            <Layer key={next.layer.id} tree={next} node={node} used={used} />
          ))}
        </ul>
      )}
    </li>
  )
}
