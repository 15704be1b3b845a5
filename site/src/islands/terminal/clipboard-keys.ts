/** Which keys copy and paste, as people are used to on their system. Pure: `decideClipboardKey` says what a key press means. */

export interface ClipboardKey {
  type: string
  code: string
  key: string
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
  metaKey: boolean
}

export type Platform = 'mac' | 'windows' | 'other'

/** `paste`: the browser pastes by itself when the key is kept from the shell. `shell`: the key is not ours. */
export type ClipboardMeaning = 'copy' | 'paste' | 'shell'

export function decideClipboardKey(event: ClipboardKey, platform: Platform, selected: boolean): ClipboardMeaning {
  const { code, ctrlKey, shiftKey, altKey, metaKey } = event
  if (event.type !== 'keydown' || altKey) return 'shell'
  if (platform === 'mac' && metaKey && !ctrlKey) {
    if (code === 'KeyC') return selected ? 'copy' : 'shell'
    return code === 'KeyV' ? 'paste' : 'shell'
  }
  if (metaKey) return 'shell'
  if (code === 'Insert') {
    if (ctrlKey && !shiftKey) return selected ? 'copy' : 'shell'
    return shiftKey && !ctrlKey ? 'paste' : 'shell'
  }
  if (!ctrlKey) return 'shell'
  if (code === 'KeyC') {
    // Ctrl+C interrupts, except when something is selected: then it copies once, as in Windows' own terminal.
    if (shiftKey) return 'copy'
    return selected && platform !== 'mac' ? 'copy' : 'shell'
  }
  if (code === 'KeyV') return shiftKey || platform === 'windows' ? 'paste' : 'shell'
  return 'shell'
}

export function readPlatform(text = typeof navigator === 'undefined' ? '' : navigator.userAgent): Platform {
  if (/Mac|iPhone|iPad/.test(text)) return 'mac'
  return text.includes('Windows') ? 'windows' : 'other'
}

/** Largest paste, in characters: more belongs into a file. */
export const maxPaste = 1_000_000

/** What to do with a text that is to be pasted. */
export function decidePaste(text: string): 'nothing' | 'paste' | 'ask' | 'too long' {
  if (text === '') return 'nothing'
  if (text.length > maxPaste) return 'too long'
  return /[\r\n]/.test(text) ? 'ask' : 'paste'
}
