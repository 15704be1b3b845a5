/** Copies text and says so on the button that was pressed. */
import { writeClipboard } from '../client/write-clipboard.ts'

/** False: the browser refused. */
export async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  const before = (button.dataset['label'] ??= button.textContent)
  const copied = await writeClipboard(text).then(
    () => true,
    () => false,
  )
  button.textContent = copied ? 'Copied' : 'Your browser refused'
  setTimeout(() => (button.textContent = before), 1500)
  return copied
}
