/** Protects: layers that images share are drawn once, and only as far as all below them is the same. */
import type { XrayImage } from '@drydock/sandbox-server/contract'
import { expect, test } from 'vitest'
import { growTrees, type LayerTree } from './layer-tree.ts'

const image = (name: string, ...layers: string[]): XrayImage => ({
  ...{ id: name, names: [name], size: 1, created_at: null },
  layers: layers.map((id) => ({ id, size: 1, made_by: '' })),
})
const draw = (trees: readonly LayerTree[]): unknown[] =>
  trees.map(({ layer, images, shared, above }) => [
    `${layer.id}×${shared}`,
    images.map(({ id }) => id),
    ...(above.length > 0 ? [draw(above)] : []),
  ])

test('two images on one base, an image that is the base, and one with the same layer on another base', () => {
  const trees = growTrees([
    image('app', 'base', 'code'),
    image('other', 'base', 'more'),
    image('debian', 'base'),
    image('lone', 'code'),
    image('again', 'base', 'code'),
    image('scratch'),
  ])
  expect(draw(trees)).toEqual([
    [
      'base×4',
      ['debian'],
      [
        ['code×2', ['app', 'again']],
        ['more×1', ['other']],
      ],
    ],
    ['code×1', ['lone']],
  ])
})
