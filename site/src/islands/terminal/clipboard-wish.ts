/** What a program asks for by OSC 52, as vim and tmux do it when something is copied: a text for the clipboard. It is never told what is there. Pure. */

/** Largest text, in characters: a selection, not a file. */
export const maxCopy = 100_000

/** `data`: what stands between `52;` and the end. Null: it asks for something else, or for nothing. */
export function readClipboardWish(data: string): { text: string } | 'too long' | null {
  const [, base64 = ''] = /^[a-z0-7]*;([A-Za-z0-9+/\s]*={0,2})$/.exec(data) ?? []
  if (base64.length > maxCopy * 4) return 'too long'
  let text: string
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)))
  } catch {
    return null
  }
  // What else controls a terminal would do so where it is pasted.
  const plain = text.replaceAll('\r\n', '\n').replaceAll(/[^\P{Cc}\n\t]/gu, '')
  if (plain.length > maxCopy) return 'too long'
  return plain === '' ? null : { text: plain }
}
