/** Protects: the terminal can be left by keyboard, and one Esc still reaches the shell. */
import { describe, expect, it } from 'vitest'
import { createLeaveKeys, type KeyPress } from './leave-keys.ts'

const press = (key: string, timeStamp: number, more: Partial<KeyPress> = {}): KeyPress => ({
  type: 'keydown',
  key,
  code: key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  timeStamp,
  ...more,
})

describe('leave keys', () => {
  it('leaves on Esc Esc in quick succession', () => {
    const leaves = createLeaveKeys()
    expect(leaves(press('Escape', 0))).toBe(false)
    expect(leaves(press('Escape', 300))).toBe(true)
    expect(leaves(press('Escape', 500))).toBe(false)
  })
  it('does not leave on slow Escs, on a held key, or with something typed in between', () => {
    const leaves = createLeaveKeys()
    leaves(press('Escape', 0))
    expect(leaves(press('Escape', 900))).toBe(false)
    expect(leaves(press('Escape', 950, { repeat: true }))).toBe(false)
    leaves(press(':', 1000))
    expect(leaves(press('Escape', 1100))).toBe(false)
  })
  it('leaves on Ctrl+Shift+.', () => {
    const leaves = createLeaveKeys()
    expect(leaves(press('>', 0, { code: 'Period', ctrlKey: true, shiftKey: true }))).toBe(true)
    expect(leaves(press('.', 0, { code: 'Period' }))).toBe(false)
  })
})
