/** Puts the class bar on the page of somebody who is in a workshop; for everybody else it loads nothing. */
import { myClass } from './my-class.ts'

let stop: (() => void) | undefined
let started: string | undefined

export function startClass(id: string | null = myClass()): void {
  const place = document.getElementById('class-bar')
  if (id === null || started === id || !place) return
  started = id
  void Promise.all([import('preact'), import('./class-bar.tsx'), import('./class-store.ts')]).then(
    ([{ h, render }, { ClassBar }, { watchClass }]) => {
      // Left, or in another one, before this was loaded.
      if (started !== id) return
      stop?.()
      stop = watchClass(id)
      render(h(ClassBar, {}), place)
    },
  )
}

/** Leaves it on this page; the next page of somebody who is in none loads nothing. */
export function stopClass(): void {
  stop?.()
  stop = undefined
  started = undefined
}
