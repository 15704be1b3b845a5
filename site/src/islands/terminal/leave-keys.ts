/** Which keys leave the terminal: Esc twice in quick succession, or Ctrl+Shift+. (the first Esc still goes to the shell). Pure but for its memory of the last Esc. */

export interface KeyPress {
  type: string
  key: string
  code: string
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
  metaKey: boolean
  repeat: boolean
  timeStamp: number
}

const together_ms = 400

/** Answers true when this key press should leave. */
export function createLeaveKeys(): (event: KeyPress) => boolean {
  let lastEscape = -Infinity
  return (event) => {
    if (event.type !== 'keydown') return false
    if (event.ctrlKey && event.shiftKey && event.code === 'Period') return true
    const plainEscape = event.key === 'Escape' && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    if (!plainEscape || event.repeat) {
      if (!event.repeat) lastEscape = -Infinity
      return false
    }
    const leaves = event.timeStamp - lastEscape <= together_ms
    lastEscape = leaves ? -Infinity : event.timeStamp
    return leaves
  }
}
