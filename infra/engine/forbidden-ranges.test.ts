/** Protects: a range is read as what it covers, and what is none is refused. */
import { expect, test } from 'vitest'
import { forbiddenRanges, parseRange } from './forbidden-ranges.ts'

test('a range covers from its first address on', () => {
  expect(parseRange('192.0.2.7/24')).toBe('192.0.2.0/24')
  expect(parseRange(' 203.0.113.200/25')).toBe('203.0.113.128/25')
  expect(parseRange('255.255.255.255/0')).toBe('0.0.0.0/0')
  expect(parseRange('198.51.100.9')).toBe('198.51.100.9/32')
})

test.each(['', '1.2.3', '1.2.3.256', '1.2.3.4/33', 'fd00::/8', '1.2.3.4/', '1.2.3.4; reboot'])(
  '%j is no range',
  (text) => {
    expect(parseRange(text)).toBeNull()
  },
)

test('private ranges, the metadata of clouds, the own ones and those of this machine are all there', async () => {
  const ranges = await forbiddenRanges(['9.9.9.0/24'])
  for (const each of ['10.0.0.0/8', '169.254.0.0/16', '168.63.129.16/32', '127.0.0.0/8', '9.9.9.0/24'])
    expect(ranges).toContain(each)
})
