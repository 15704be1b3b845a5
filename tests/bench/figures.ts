/** How every bench reports: a table for people on standard error, and with --json one object as the last line. */

export interface Bench {
  bench: string
  /** The key that its name stands under; default `bench`. */
  kind?: 'bench' | 'soak'
  /** Flat, snake_case, the unit last. */
  figures: Record<string, number>
  /** The bar for some of the figures, from the one table of budgets. */
  budget: Record<string, { max?: number; min?: number }>
}

/** Quantile of unsorted samples by the nearest-rank method; `q` from 0 to 1. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5)

/** Prints the result and sets the exit status: 1 when a figure is over its bar, or was not measured. */
export function report({ bench, kind = 'bench', figures, budget }: Bench): void {
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Math.round(value * 100) / 100]),
  )
  const held = (key: string) => {
    const value = figures[key] ?? Number.NaN
    const bar = budget[key] ?? {}
    return value <= (bar.max ?? Infinity) && value >= (bar.min ?? -Infinity)
  }
  for (const [key, value] of Object.entries(rounded)) {
    const bar = budget[key]
    const text = bar
      ? `  ${bar.max === undefined ? `at least ${bar.min}` : `at most ${bar.max}`}  ${held(key) ? 'held' : 'MISSED'}`
      : ''
    process.stderr.write(`  ${key.padEnd(20)} ${String(value).padStart(10)}${text}\n`)
  }
  const ok = Object.keys(budget).every(held)
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ [kind]: bench, figures: rounded, budget, ok })}\n`)
  process.exitCode = ok ? 0 : 1
}

/** `--rounds 10` of the command line, or the default. */
export const rounds = (standard: number): number => count('--rounds', standard)

/** A whole number from 1 on that the command line gives under a name, or the default. */
export function count(name: string, standard: number): number {
  const at = process.argv.indexOf(name)
  const given = at < 0 ? standard : Number(process.argv[at + 1])
  if (!Number.isInteger(given) || given < 1) throw new Error(`${name} takes a whole number from 1 on.`)
  return given
}
