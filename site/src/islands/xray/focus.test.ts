/** Protects: a lesson's link finds what it names, on whichever node that is, and nothing else. */
import type { XrayNode } from '@drydock/sandbox-server/contract'
import { expect, test } from 'vitest'
import { findFocus } from './focus.ts'

const empty: XrayNode = {
  ...{ name: 'node1', engine: 'up', version: '', containers: [], images: [], networks: [], volumes: [] },
  ...{ swarm: null, left_out: [] },
}
const second: XrayNode = {
  ...empty,
  name: 'node2',
  images: [{ id: 'i1', names: ['app:latest', 'app:2'], size: 1, created_at: null, layers: [] }],
  volumes: [{ name: 'data', driver: 'local', anonymous: false, created_at: null }],
  networks: [{ id: 'n1', name: 'front', driver: 'bridge', scope: 'local', internal: false, subnet: '' }],
}

test('things are found by kind and name', () => {
  const find = (focus: string) => findFocus([empty, second], focus)
  expect(find('layers:app')).toEqual({ node: 'node2', kind: 'image', id: 'i1' })
  expect(find('image:app:2')).toMatchObject({ id: 'i1' })
  expect(find('volume:data')).toEqual({ node: 'node2', kind: 'volume', id: 'data' })
  expect(find('network:front')).toMatchObject({ id: 'n1' })
  for (const none of ['container:front', 'service:web', 'image:ap', 'front', 'task:x']) expect(find(none)).toBeNull()
})
