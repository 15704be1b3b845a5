/** The layers of all images as trees, so that what several images share is there once. Pure. */
import type { XrayImage } from '@drydock/sandbox-server/contract'

export interface LayerTree {
  layer: XrayImage['layers'][number]
  /** Images that end with this layer. */
  images: XrayImage[]
  /** How many images have it. */
  shared: number
  above: LayerTree[]
}

/** The order of the images stays. Images without layers (`FROM scratch` and nothing more) are in no tree. */
export function growTrees(images: readonly XrayImage[]): LayerTree[] {
  const roots: LayerTree[] = []
  for (const image of images) {
    let level = roots
    for (const [i, layer] of image.layers.entries()) {
      let tree = level.find((each) => each.layer.id === layer.id)
      if (!tree) level.push((tree = { layer, images: [], shared: 0, above: [] }))
      tree.shared++
      if (i === image.layers.length - 1) tree.images.push(image)
      level = tree.above
    }
  }
  return roots
}
