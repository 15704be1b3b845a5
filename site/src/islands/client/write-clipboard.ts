/**
 * Puts text on the clipboard, soon after a key or a button. On plain http, which a room without names has, browsers offer a page no clipboard:
 * there it is selected and copied as a person would. Rejects when the browser refuses.
 */
export async function writeClipboard(text: string): Promise<void> {
  const { clipboard } = navigator as { clipboard?: Clipboard }
  if (clipboard) return clipboard.writeText(text)
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.cssText = 'position: fixed; opacity: 0'
  // Within an open dialog nothing outside of it can be selected.
  ;(focused?.closest('dialog') ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  if (!copied) throw new Error('the browser refused')
}
