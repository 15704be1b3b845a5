/** How far away a day is, for people. */

export function formatDays(ms: number): string {
  const days = Math.round(ms / 86_400_000)
  if (days < 1) return 'today'
  if (days === 1) return 'tomorrow'
  if (days < 60) return `in ${days} days`
  return `in ${Math.round(days / 30)} months`
}
