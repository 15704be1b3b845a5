/** Follow me: when the instructor leads the class somewhere, the page goes there, once; whoever leaves stays away until they want to come back. */

/** Where this tab was led last; a tab that was led there is not led there again. */
const ledKey = 'drydock-led'

export function decideFollow(follow: string | null, led: string | null): 'go' | 'stay' {
  return follow !== null && follow !== led ? 'go' : 'stay'
}

export function followTo(follow: string | null): void {
  if (decideFollow(follow, sessionStorage.getItem(ledKey)) === 'go' && follow !== null) goThere(follow)
  if (follow === null) sessionStorage.removeItem(ledKey)
}

export function goThere(place: string): void {
  sessionStorage.setItem(ledKey, place)
  const to = new URL(place, location.href)
  if (to.pathname !== location.pathname) return location.assign(to)
  location.hash = to.hash
  document.getElementById(to.hash.slice(1))?.scrollIntoView({ block: 'start' })
}

/** Whether this page is where the class is. */
export const isThere = (place: string): boolean => new URL(place, location.href).pathname === location.pathname
