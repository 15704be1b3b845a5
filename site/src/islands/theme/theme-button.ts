/** Turns the theme: as the system, then the other one, then the first again. Before the first paint ThemeProvider has set it. */
import { recall, remember } from '../client/storage.ts'

type Choice = 'auto' | 'dark' | 'light'
const key = 'starlight-theme'
const words: Record<Choice, string> = { auto: 'as the system', dark: 'dark', light: 'light' }
const system = matchMedia('(prefers-color-scheme: light)')

/** From "as the system" the first press must change something: it goes to the opposite of what is shown. */
export function decideNext(now: Choice, systemIsLight: boolean): Choice {
  const other = systemIsLight ? 'dark' : 'light'
  if (now === 'auto') return other
  return now === other ? (systemIsLight ? 'light' : 'dark') : 'auto'
}

function readChoice(): Choice {
  const stored = recall(key)
  return stored === 'dark' || stored === 'light' ? stored : 'auto'
}

export function startThemeButton(): void {
  const button = document.querySelector<HTMLButtonElement>('#theme')
  const show = () => {
    const choice = readChoice()
    document.documentElement.dataset['theme'] = choice === 'auto' ? (system.matches ? 'light' : 'dark') : choice
    const label = button?.querySelector('span')
    if (label) label.textContent = `Theme: ${words[choice]}`
    if (button) button.title = `Theme: ${words[choice]}`
  }
  button?.addEventListener('click', () => {
    const next = decideNext(readChoice(), system.matches)
    remember(key, next === 'auto' ? '' : next)
    show()
  })
  system.addEventListener('change', show)
  show()
}
