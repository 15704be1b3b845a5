/** Copies text and says so on the button that was pressed. */

export async function copyText(text: string, button: HTMLElement): Promise<void> {
  const before = (button.dataset['label'] ??= button.textContent)
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = 'Copied'
  } catch {
    button.textContent = 'Your browser refused'
  }
  setTimeout(() => (button.textContent = before), 1500)
}
