/** Protects: copying and pasting by the keys of each system, and Ctrl+C that still interrupts. */
import { describe, expect, it } from 'vitest'
import { decideClipboardKey, decidePaste, maxPaste, readPlatform, type Platform } from './clipboard-keys.ts'

const press = (keys: string, platform: Platform, selected = false) => {
  const parts = keys.split('+')
  const last = parts.at(-1) ?? ''
  const event = {
    type: 'keydown',
    key: last,
    code: last.length === 1 ? `Key${last}` : last,
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    metaKey: parts.includes('Cmd'),
  }
  return decideClipboardKey(event, platform, selected)
}

describe('decideClipboardKey', () => {
  it('copies and pastes with Ctrl+Shift on Linux; Ctrl+C and Ctrl+V are the shell’s', () => {
    expect(press('Ctrl+Shift+C', 'other', true)).toBe('copy')
    expect(press('Ctrl+Shift+V', 'other')).toBe('paste')
    expect(press('Shift+Insert', 'other')).toBe('paste')
    expect(press('Ctrl+Insert', 'other', true)).toBe('copy')
    expect(press('Ctrl+C', 'other')).toBe('shell')
    expect(press('Ctrl+V', 'other')).toBe('shell')
  })
  it('copies a selection with Ctrl+C where people expect it', () => {
    expect(press('Ctrl+C', 'other', true)).toBe('copy')
    expect(press('Ctrl+C', 'windows', true)).toBe('copy')
    expect(press('Ctrl+C', 'mac', true)).toBe('shell')
  })
  it('pastes with Ctrl+V on Windows and with Cmd on a Mac', () => {
    expect(press('Ctrl+V', 'windows')).toBe('paste')
    expect(press('Cmd+V', 'mac')).toBe('paste')
    expect(press('Cmd+C', 'mac', true)).toBe('copy')
    expect(press('Ctrl+C', 'mac')).toBe('shell')
  })
  it('knows the systems', () => {
    expect(readPlatform('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBe('mac')
    expect(readPlatform('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows')
    expect(readPlatform('Mozilla/5.0 (X11; Linux x86_64)')).toBe('other')
  })
})

it('asks before several lines, and takes no hundred megabytes', () => {
  expect(decidePaste('')).toBe('nothing')
  expect(decidePaste('ls -l')).toBe('paste')
  expect(decidePaste('rm -r a\nrm -r b')).toBe('ask')
  expect(decidePaste('x'.repeat(maxPaste + 1))).toBe('too long')
})
