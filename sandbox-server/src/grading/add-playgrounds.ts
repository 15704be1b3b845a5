/** Puts the playgrounds among the labs: sessions, queue and pool treat them alike, and there is nothing to grade. */
import { playgrounds } from '@drydock/kit/playground'
import type { Lab } from './lab.ts'

export function addPlaygrounds(labs: ReadonlyMap<string, Lab>): Map<string, Lab> {
  const empty = { folder: '', checks: {}, files: null, solution: [], mistakes: [], alternatives: [] }
  return new Map([...labs, ...playgrounds.map(({ id, manifest }): [string, Lab] => [id, { id, manifest, ...empty }])])
}
