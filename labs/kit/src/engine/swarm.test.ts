/** What a manager says of a service is read as it is wanted, also where the engine tells an older state beside it. */
import { expect, test } from 'vitest'
import type { Node } from '../check.ts'
import { pretendNode } from '../testing.ts'
import { service } from './swarm.ts'

const manager = (answer: unknown): Node =>
  pretendNode({
    get: async () => answer,
  })

const web = (wanted: object, told: object) => ({
  ID: 'ab12',
  Spec: { Name: 'web', Mode: {}, TaskTemplate: { ContainerSpec: { Image: 'nginx:1.26' } }, ...wanted },
  Endpoint: told,
})

test('the endpoint mode is the wanted one, although Engine 26.1 goes on telling the first one after an update', async () => {
  const updated = web({ EndpointSpec: { Mode: 'dnsrr' } }, { Spec: { Mode: 'vip' } })
  expect((await service(manager(updated), 'web'))?.endpointMode).toBe('dnsrr')
  expect((await service(manager(web({}, { Spec: { Mode: 'dnsrr' } })), 'web'))?.endpointMode).toBe('dnsrr')
  expect((await service(manager(web({}, {})), 'web'))?.endpointMode).toBe('vip')
})
