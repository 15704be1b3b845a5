/** Protects: the access code is compared as a whole, tried a few times only, and forgotten by another code; networks are counted as people have them. */
import { expect, test } from 'vitest'
import { createAccessCode } from './access-code.ts'
import { networkOf } from './network-address.ts'

test('right, wrong, and too often wrong', () => {
  let now = 0
  const code = createAccessCode('harbour-42', () => now)
  code.verify(' harbour-42 ', 'a')
  for (let i = 0; i < 20; i++) expect(() => code.verify('harbour-43', 'a')).toThrow('not the access code')
  expect(() => code.verify('harbour-42', 'a')).toThrow('Too many wrong')
  code.verify('harbour-42', 'b')
  now += 600_001
  code.verify('harbour-42', 'a')
  const marks = ['harbour-42', 'harbour-43', undefined].map((each) => createAccessCode(each, () => now).mark)
  expect(new Set(marks).size).toBe(3)
  expect(marks[2]).toBeNull()
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))
