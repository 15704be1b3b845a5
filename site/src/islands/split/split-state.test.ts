/** Protects: the divider stays where both halves can be read, whatever was remembered or pressed. */
import { describe, expect, it } from 'vitest'
import { clampSplit, moveSplit } from './split-state.ts'

describe('split', () => {
  it('keeps within its limits', () => {
    expect([-5, 50.04, 99, Number.NaN].map(clampSplit)).toEqual([20, 50, 80, 46])
  })
  it('moves by keys, and leaves other keys alone', () => {
    expect(moveSplit(46, 'ArrowLeft')).toBe(44)
    expect(moveSplit(79, 'ArrowRight')).toBe(80)
    expect(moveSplit(46, 'Home')).toBe(20)
    expect(moveSplit(46, 'End')).toBe(80)
    expect(moveSplit(70, 'Enter')).toBe(46)
    expect(moveSplit(46, 'Tab')).toBeUndefined()
  })
})
