/** Since when a port is published: anew for each container that is behind it, and each time that it comes back. */
import { expect, test } from 'vitest'
import { PublishedPorts } from './published-ports.ts'

test('a port that is published anew is new, whoever had it before', () => {
  let now = 1
  const ports = new PublishedPorts(() => now)
  const web = { node: 'node1', port: 8080, container: 'web' }
  expect(ports.replace([{ ...web, id: 'a' }])).toBe(true)
  now = 5
  expect(ports.replace([{ ...web, id: 'a' }])).toBe(false)
  expect(ports.list).toEqual([{ ...web, since: 1 }])
  expect([ports.age(web), ports.age({ ...web, port: 8081 })]).toEqual([4, undefined])
  // Another container of the same name, so quickly that the port never was away.
  expect(ports.replace([{ ...web, id: 'b' }])).toBe(true)
  expect(ports.list).toEqual([{ ...web, since: 5 }])
  now = 9
  expect([ports.replace([]), ports.age(web)]).toEqual([true, undefined])
  expect(ports.replace([{ ...web, id: 'b' }])).toBe(true)
  expect(ports.list).toEqual([{ ...web, since: 9 }])
})
