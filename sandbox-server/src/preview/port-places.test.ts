/** Protects: no lab takes the ports of others, a port is given again as late as possible, and a key opens it to those whom it is meant for. */
import { expect, test } from 'vitest'
import { PortPlaces } from './port-places.ts'

const minute = 60_000

function openRange(size: number) {
  const places = new PortPlaces({ from: 8100, to: 8100 + size - 1 })
  const ends = new Map<string, AbortController>()
  let now = 0
  const endOf = (session: string) => {
    const end = ends.get(session) ?? new AbortController()
    ends.set(session, end)
    return end
  }
  return {
    places,
    open: (session: string, port: number) =>
      places.open({ session, node: 'node1', port }, endOf(session).signal, now)?.port,
    end: (session: string) => endOf(session).abort(),
    wait: (ms: number) => void (now += ms),
  }
}

test('a preview keeps its port, and has none after its lab', () => {
  const { places, open, end } = openRange(3)
  expect([open('a', 80), open('a', 81), open('a', 80)]).toEqual([8100, 8101, 8100])
  expect(places.at(8100)?.address).toEqual({ session: 'a', node: 'node1', port: 80 })
  end('a')
  expect([places.at(8100), places.at(8101)]).toEqual([undefined, undefined])
})

test('of those that are free the one that was used longest ago is given', () => {
  const { open, end } = openRange(3)
  open('a', 80)
  end('a')
  expect([open('b', 80), open('c', 80), open('d', 80), open('e', 80)]).toEqual([8101, 8102, 8100, undefined])
})

test('no lab has more than eight: the ninth takes the place of its own oldest', () => {
  const { open, places, wait } = openRange(20)
  for (let port = 1; port <= 8; port++, wait(1)) open('a', port)
  open('a', 1)
  wait(1)
  expect(open('a', 9)).toBe(8108)
  expect([places.at(8100)?.address.port, places.at(8101)]).toEqual([1, undefined])
})

test('when all are in use, a lab moves its own, and takes that of another only when nobody was there for ten minutes', () => {
  const { open, places, wait } = openRange(2)
  open('a', 80)
  wait(minute)
  open('b', 80)
  expect(open('c', 80)).toBeUndefined()
  expect(open('b', 81)).toBe(8101)
  wait(9 * minute)
  expect(open('c', 80)).toBe(8100)
  expect(places.at(8101)?.address).toMatchObject({ session: 'b', port: 81 })
})

function openPlace() {
  const place = new PortPlaces({ from: 8100, to: 8100 }).open(
    { session: 'a', node: 'node1', port: 80 },
    new AbortController().signal,
    0,
  )
  if (!place) throw new Error('there is no port')
  return place
}

test('a key opens it once, within a minute, to one network address; for a day', () => {
  const place = openPlace()
  place.addKey('k', true, 0)
  place.addKey('late', true, 0)
  expect(place.redeem('other', '192.0.2.1', 0)).toBe(false)
  expect(place.admits('192.0.2.1', 0)).toBe(false)
  expect(place.redeem('k', '192.0.2.1', minute - 1)).toBe(true)
  expect(place.redeem('k', '192.0.2.2', minute - 1)).toBe(false)
  expect(place.redeem('late', '192.0.2.2', minute)).toBe(false)
  expect(place.admits('192.0.2.2', minute)).toBe(false)
  expect(place.admits('192.0.2.1', 1440 * minute)).toBe(true)
  expect(place.admits('192.0.2.1', 1442 * minute)).toBe(false)
})

test('a shared key opens it to everyone who has it, for a day', () => {
  const place = openPlace()
  place.addKey('k', false, 0)
  expect(place.redeem('k', '192.0.2.1', 0)).toBe(true)
  expect(place.redeem('k', '192.0.2.2', 1439 * minute)).toBe(true)
  expect(place.redeem('k', '192.0.2.3', 1440 * minute)).toBe(false)
})

test('neither keys nor addresses are kept without end', () => {
  const place = openPlace()
  for (let i = 0; i < 1000; i++) place.addKey(`k${i}`, false, 0)
  expect(place.redeem('k0', '192.0.2.1', 0)).toBe(false)
  for (let i = 0; i < 1000; i++) expect(place.redeem('k999', `n${i}`, 0)).toBe(true)
  expect([place.admits('n0', 0), place.admits('n999', 0)]).toEqual([false, true])
})
