/** The order in which things are shown: another for each seed, the same for the same. */
import { createHash } from 'node:crypto'

/** `name`: what is shuffled; two lists under one seed are not shuffled alike. */
export function shuffle<T extends { id: string }>(all: readonly T[], seed: number, name: string): T[] {
  const weight = (id: string) => createHash('sha256').update(`${seed}/${name}/${id}`).digest('hex')
  const weighed = all.map((each) => ({ each, weight: weight(each.id) }))
  return weighed.toSorted((a, b) => (a.weight < b.weight ? -1 : 1)).map(({ each }) => each)
}

/** As `shuffle`, and never in the order that it had: what is to be put in order does not begin in order. */
export function disorder<T extends { id: string }>(all: readonly T[], seed: number, name: string): T[] {
  const mixed = shuffle(all, seed, name)
  return mixed.every((each, i) => each === all[i]) ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed
}
