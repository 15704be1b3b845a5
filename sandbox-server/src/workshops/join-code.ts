/**
 * The short code of a workshop: six characters in two groups, to be read from the last row and aloud. Of characters that look or sound
 * alike only one is in it, so that whichever is heard means the same.
 */
import { randomInt } from 'node:crypto'
import { Refusal } from '../refusal.ts'

const alphabet = '0123456789ACDEFGHJKMNPRTVWXY'
const length = 6
const alike: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', B: '8', U: 'V' }

export const createJoinCode = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('')

/** As it is shown. */
export const showJoinCode = (plain: string): string => `${plain.slice(0, 3)}-${plain.slice(3)}`

/** As it is kept, from whatever was heard and typed, or from the whole link. Throws what is wrong with it. */
export function parseJoinCode(given: string): string {
  const heard = given
    .replace(/^.*#/, '')
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{P}\p{Cf}]/gu, '')
  const plain = [...heard].map((character) => alike[character] ?? character).join('')
  if (plain.length !== length)
    throw wrong(`It has ${[...plain].length} characters, and a code has ${length}, like 7KM-4XP.`)
  const strange = [...plain].find((character) => !alphabet.includes(character))
  if (strange !== undefined) throw wrong(`'${strange}' is in no code. Codes have digits and letters.`)
  return plain
}

const wrong = (what: string) =>
  new Refusal('BAD_REQUEST', `That is no code of a workshop. ${what}`, { in: 'body', field: 'code' })
