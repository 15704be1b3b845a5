/** Wall clocks of a time zone: from what somebody writes into a date field to a moment, and back. Pure. */

/** What the clocks of a zone show at a moment, as the value of a `datetime-local` field: `2026-11-26T14:00`. */
export function toField(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).formatToParts(at)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The moment at which the clocks of a zone show this; null when it is no date. Of an hour that a change of clocks repeats, the first. */
export function fromField(field: string, zone: string): number | null {
  const asUtc = Date.parse(`${field}Z`)
  if (Number.isNaN(asUtc)) return null
  const offsetAt = (at: number) => Date.parse(`${toField(at, zone)}Z`) - at
  const day = 24 * 3_600_000
  // Both offsets around a change of clocks are tried; an hour that is skipped lands after it.
  const guesses = [offsetAt(asUtc - day), offsetAt(asUtc + day)].map((offset) => asUtc - offset)
  return guesses.find((guess) => toField(guess, zone) === field) ?? Math.max(...guesses)
}

/** All zones that the browser knows, its own first. */
export function listZones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
}

/** `Thu, 26 Nov, 14:00`, by the clocks of a zone. */
export function formatIn(at: number, zone: string): string {
  return new Date(at).toLocaleString(undefined, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    timeZone: zone,
  })
}
