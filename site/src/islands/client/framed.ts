/** Whether this page is shown in a frame on another site, where previews cannot be, and where links have to leave the frame. */

export const framed = typeof window !== 'undefined' && window.top !== window

/** Every link opens a tab: no other page of ours may be shown in a frame. */
export function leaveFrame(): void {
  if (!framed) return
  document.documentElement.dataset['framed'] = ''
  const base = document.createElement('base')
  base.target = '_blank'
  document.head.append(base)
}
