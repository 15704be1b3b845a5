/** The values of a lab for one learner: chosen by the seed, and how scripts and texts come to them. */
import { createHash } from 'node:crypto'
import { fillIn, type Manifest, type Values } from '../schema.ts'

/** The same for the same seed, for each name on its own: a value that is added or renamed changes no other. */
export function chooseValues({ values }: Pick<Manifest, 'values'>, seed: number): Values {
  const chosen = Object.entries(values).map(([name, value]): [string, string] => {
    const digest = createHash('sha256').update(`${seed}/${name}`).digest('hex')
    if ('hex' in value) return [name, digest.slice(0, value.hex)]
    return [name, String(value.one_of[parseInt(digest.slice(0, 12), 16) % value.one_of.length])]
  })
  return Object.freeze(Object.fromEntries(chosen))
}

export const variableOf = (name: string) => `LAB_${name.toUpperCase().replaceAll('-', '_')}`

/** What scripts find in their environment. */
export function environmentOf(values: Values, seed: number): Record<string, string> {
  const own = Object.entries(values).map(([name, value]) => [variableOf(name), value])
  return Object.fromEntries([...own, ['LAB_SEED', String(seed)]]) as Record<string, string>
}

/** A script as a learner is shown it, whose shell knows no such variable: with the values in their places. */
export function showScript(script: string, values: Values): string {
  const known = new Map(Object.entries(values).map(([name, value]) => [variableOf(name), value]))
  return fillIn(script, values).replaceAll(
    /\$(?:\{(LAB_[A-Z0-9_]+)\}|(LAB_[A-Z0-9_]+))/g,
    (whole, braced?: string, bare?: string) => known.get(braced ?? bare ?? '') ?? whole,
  )
}

/** `LAB_…` variables and `{{…}}` in a script that no value stands behind. */
export function unknownIn(script: string, { values }: Pick<Manifest, 'values'>): string[] {
  const known = new Set([...Object.keys(values).map(variableOf), 'LAB_SEED'])
  const used = [...script.matchAll(/\$\{?(LAB_[A-Z0-9_]+)/g)].map(([, name]) => name!)
  return [...new Set(used.filter((name) => !known.has(name)))]
}
