/** Protects: times and sizes as people read them. */
import { describe, expect, it } from 'vitest'
import { countOf, formatAgo, formatBytes, formatLeft, formatWait } from './clock.ts'

describe('times', () => {
  it('counts down and stops at zero', () => {
    expect([2_470_000, 59_001, 3_725_000, -5].map(formatLeft)).toEqual(['41:10', '1:00', '1:02:05', '0:00'])
  })
  it('is relative first', () => {
    const now = 1_000_000_000
    expect(formatAgo(now - 10_000, now)).toBe('just now')
    expect(formatAgo(now - 720_000, now)).toBe('12 minutes ago')
    expect(formatAgo(now - 86_400_000, now)).toBe('yesterday')
  })
  it('rounds a wait up, because it is a promise', () => {
    expect([725_000, 61_000, 60_000, -5].map(formatWait)).toEqual([
      'in 13 minutes',
      'in 2 minutes',
      'within a minute',
      'within a minute',
    ])
  })
  it('has units', () => {
    expect([512, 48_213, 1_400_000].map(formatBytes)).toEqual(['512 bytes', '48 KB', '1.4 MB'])
    expect([countOf(1, 'task'), countOf(3, 'task')]).toEqual(['1 task', '3 tasks'])
  })
})
