/** What was seen of a container over time, as lines to draw: memory, and how much of its CPU time it was held back. Pure. */
import type { XrayContainer, XrayHappening, XrayInside } from '@drydock/sandbox-server/contract'

export type Use = NonNullable<XrayInside['use']>

export interface Moment {
  at: number
  /** Bytes. */
  memory: number
  /** Share of its periods of CPU time in which it was stopped at its limit, since the look before; null where nobody can say. */
  held: number | null
}

export interface Timeline {
  from: number
  to: number
  moments: Moment[]
  /** Times at which the kernel ended a process in it for want of memory. */
  ooms: number[]
  /** Bytes at the top of the picture. */
  top: number
}

/** Milliseconds that are shown, and without a look after which a line is broken. */
const span = 300_000
const gap = 8000
const most = 160

/** `uses`: the oldest first. */
export function noteUse(uses: readonly Use[], use: Use): Use[] {
  return uses.at(-1)?.at === use.at ? [...uses] : [...uses, use].slice(-most)
}

/** Null: there is nothing to draw a line between. `to`: now, which is when the last thing was seen. */
export function readTimeline(
  uses: readonly Use[],
  { name, limits }: Pick<XrayContainer, 'name' | 'limits'>,
  happenings: readonly XrayHappening[],
  node: string,
): Timeline | null {
  const ends = happenings.filter((each) => each.node === node && each.kind === 'container' && each.name === name)
  const all = ends.filter(({ action }) => action === 'oom').map(({ at }) => at)
  const to = Math.max(uses.at(-1)?.at ?? 0, ...all)
  const moments = uses.flatMap((use, i): Moment[] => {
    const before = uses[i - 1]
    const periods = use.periods - (before?.periods ?? Infinity)
    const held = before && periods > 0 ? Math.min(1, Math.max(0, (use.held_back - before.held_back) / periods)) : null
    return use.at < to - span ? [] : [{ at: use.at, memory: use.memory, held: limits.cpus === null ? null : held }]
  })
  const first = moments[0]?.at
  if (first === undefined || moments.length < 2) return null
  const from = Math.min(first, to - 60_000)
  const peak = Math.max(...moments.map(({ memory }) => memory))
  return { from, to, moments, ooms: all.filter((at) => at >= from), top: limits.memory ?? peak * 1.2 }
}

/** The path of an SVG of this size for what `value` says, from 0 to 1; broken where it says nothing and where nobody looked. */
export function linePath(
  { from, to, moments }: Timeline,
  value: (moment: Moment) => number | null,
  { width, height }: { width: number; height: number },
): string {
  let path = ''
  let last = -Infinity
  for (const moment of moments) {
    const share = value(moment)
    if (share === null) continue
    const x = place(moment.at, { from, to }, width)
    const y = ((1 - Math.min(1, share)) * height).toFixed(1)
    path += `${moment.at - last > gap ? 'M' : 'L'}${x} ${y}`
    last = moment.at
  }
  return path
}

export const place = (at: number, { from, to }: Pick<Timeline, 'from' | 'to'>, width: number): string =>
  (((at - from) / Math.max(1, to - from)) * width).toFixed(1)
