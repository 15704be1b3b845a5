/** Arrow keys in a grid of tiles that wraps: the next tile is where the eye finds it. */

/** Moves the focus among the `[data-tile]` elements of the list that the event came through. */
export function moveInGrid(event: KeyboardEvent): void {
  if (!(event.currentTarget instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tile]')]
  const at = tiles.findIndex((tile) => tile === document.activeElement)
  if (at < 0) return
  const top = tiles[0]?.offsetTop
  const inRow = Math.max(1, tiles.filter((tile) => tile.offsetTop === top).length)
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -inRow, ArrowDown: inRow }
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? tiles.length - 1 : at + (steps[event.key] ?? 0)
  if (to === at && !(event.key in steps)) return
  event.preventDefault()
  tiles[to]?.focus()
}
