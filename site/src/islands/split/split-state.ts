/** Where the divider between lesson and lab stands, in percent of the width. Pure. */

export const splitLimits = { least: 20, most: 80, normal: 46, step: 2 } as const

export function clampSplit(percent: number): number {
  if (!Number.isFinite(percent)) return splitLimits.normal
  return Math.round(Math.min(splitLimits.most, Math.max(splitLimits.least, percent)) * 10) / 10
}

/** Where a key moves the divider; undefined for keys that are none of its business. */
export function moveSplit(now: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return clampSplit(now - splitLimits.step)
    case 'ArrowRight':
      return clampSplit(now + splitLimits.step)
    case 'Home':
      return splitLimits.least
    case 'End':
      return splitLimits.most
    case 'Enter':
      return splitLimits.normal
    default:
      return undefined
  }
}
