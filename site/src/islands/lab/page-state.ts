/** The tab says how far one is: `✓ 3/5` in the title, and a favicon that turns with the state. */
import { effect } from '@preact/signals'
import { done, pane } from './store.ts'

export type TabState = 'idle' | 'running' | 'done' | 'trouble'

export function showPageState(): () => void {
  const title = document.title
  const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]')
  const own = icon?.href ?? ''
  const stop = effect(() => {
    const { done: passed, total, all } = done.value
    const state = decideTab(pane.value.name, all)
    document.title = decideTitle(title, state, passed, total)
    if (icon)
      icon.href = state === 'idle' ? own : `data:image/svg+xml,${encodeURIComponent(drawIcon(state, passed, total))}`
  })
  return () => {
    stop()
    document.title = title
  }
}

export function decideTab(name: string, all: boolean): TabState {
  if (name === 'failed' || name === 'unreachable') return 'trouble'
  if (name !== 'ready') return 'idle'
  return all ? 'done' : 'running'
}

export function decideTitle(title: string, state: TabState, passed: number, total: number): string {
  if (state === 'running' && total === 0) return `● ${title}`
  if (state === 'running' || state === 'done') return `✓ ${passed}/${total} ${title}`
  return state === 'trouble' ? `! ${title}` : title
}

/** A ring that fills with the tasks, a check when all are done, a mark when something is wrong. */
export function drawIcon(state: TabState, passed: number, total: number): string {
  const around = 2 * Math.PI * 11
  const part = total === 0 ? 0 : (passed / total) * around
  const colour = { idle: '#ffc53d', running: '#ffc53d', done: '#2fbf7f', trouble: '#ff6b6b' }[state]
  const inside = {
    idle: '',
    running: '<path d="M10 13h12l-2 6h-8z" fill="#ffc53d"/>',
    done: '<path d="M10.5 16.5l4 4 7.5-8.5" fill="none" stroke="#2fbf7f" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/>',
    trouble: '<path d="M16 10v7m0 4.5v.1" stroke="#ff6b6b" stroke-width="3.4" stroke-linecap="round"/>',
  }[state]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#131a21"/><circle cx="16" cy="16" r="11" fill="none" stroke="#3a4754" stroke-width="3"/><circle cx="16" cy="16" r="11" fill="none" stroke="${colour}" stroke-width="3" stroke-dasharray="${state === 'trouble' ? around : part} ${around}" transform="rotate(-90 16 16)"/>${inside}</svg>`
}
