/** Durations and sizes as people write them in settings: `90m`, `1h30m`, `20MB`. */
import { z } from 'zod'

const durations = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const
const sizes = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const

/** Milliseconds of a text such as `90m`, `1h30m`, `30d` or `500ms`; null when it is none. */
export function parseDuration(text: string): number | null {
  if (!/^(\d+(ms|[dhms]))+$/.test(text)) return null
  let total = 0
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[dhms])/g))
    total += Number(count) * durations[unit as keyof typeof durations]
  return Number.isSafeInteger(total) ? total : null
}

/** Bytes of a text such as `20MB` or `512KiB`; null when it is none. */
export function parseSize(text: string): number | null {
  const [, count, unit] = /^(\d+)(B|kB|MB|GB|KiB|MiB|GiB)$/.exec(text) ?? []
  if (count === undefined || unit === undefined) return null
  const total = Number(count) * sizes[unit as keyof typeof sizes]
  return Number.isSafeInteger(total) ? total : null
}

/** A setting that is a duration; its value is milliseconds. `from` and `to` are written the same way. */
export function duration(from: string, to: string) {
  return measured(parseDuration, from, to, `a duration from ${from} to ${to}, for example 90m, 1h30m or 30s`)
}

/** A setting that is a size; its value is bytes. */
export function size(from: string, to: string) {
  return measured(parseSize, from, to, `a size from ${from} to ${to}, for example 20MB or 512KiB`)
}

function measured(parse: (text: string) => number | null, from: string, to: string, allowed: string) {
  const [least, most] = [parse(from), parse(to)]
  if (least === null || most === null) throw new Error(`not a measure: ${from}, ${to}`)
  return z.string().transform((text, ctx) => {
    const value = parse(text.trim())
    if (value !== null && value >= least && value <= most) return value
    ctx.addIssue({ code: 'custom', message: allowed })
    return z.NEVER
  })
}
