/** Protects: what the browser's tab says. */
import { describe, expect, it } from 'vitest'
import { decideTab, decideTitle, drawIcon } from './page-state.ts'

describe('the tab', () => {
  it('counts while a lab runs and warns when something is wrong', () => {
    expect(decideTitle('T', decideTab('ready', false), 3, 5)).toBe('✓ 3/5 T')
    expect(decideTitle('T', decideTab('ready', true), 5, 5)).toBe('✓ 5/5 T')
    expect(decideTitle('T', decideTab('offer', false), 0, 0)).toBe('T')
    expect(decideTitle('T', decideTab('failed', false), 0, 5)).toBe('! T')
  })
  it('draws a different icon for each state', () => {
    const icons = (['idle', 'running', 'done', 'trouble'] as const).map((state) => drawIcon(state, 1, 3))
    expect(new Set(icons).size).toBe(4)
    expect(drawIcon('running', 1, 3)).not.toBe(drawIcon('running', 2, 3))
  })
})
