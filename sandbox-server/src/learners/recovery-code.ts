/**
 * The code by which a learner is found from another browser: 25 characters that cannot be taken for one another, in groups of five.
 * 23 of them are random (115 bits); the last two are a sum over them that every single wrong character and every exchange of two
 * changes, so that a slip is told apart from a code that nobody has.
 */
import { randomInt, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../refusal.ts'

/** Without I, L, O and U, as Crockford's base 32: https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const random = 23
const length = random + 2
/** The largest prime below 32 × 32: a sum of weighted differences is a multiple of it only when there are none. */
const modulus = 1021

export function createRecoveryCode(): string {
  const body = Array.from({ length: random }, () => alphabet[randomInt(alphabet.length)]).join('')
  return (body + sumOf(body)).match(/.{5}/g)!.join('-')
}

/** As it is hashed, whatever was typed for dashes, spaces and letters that look like digits. Throws what is wrong with it. */
export function parseRecoveryCode(given: string): string {
  const plain = given
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const strange = [...plain].find((character) => !alphabet.includes(character))
  if (strange !== undefined) throw wrong(`'${strange}' is in no code. Codes have digits and capital letters without U.`)
  if (plain.length !== length)
    throw wrong(`It has ${plain.length} characters, and a code has ${length}: five groups of five.`)
  if (sumOf(plain.slice(0, random)) !== plain.slice(random))
    throw wrong('At least one character is wrong, or two have changed places. Compare group by group.')
  return plain
}

/** Slow, so that whoever has copied the database cannot try codes; the same for the same code, so that it can be looked up. */
export async function hashRecoveryCode(plain: string): Promise<string> {
  // With 115 random bits nobody has a list of them made ahead: one salt for all is enough.
  const hash = (await promisify(scrypt)(plain, 'drydock recovery code', 32)) as Buffer
  return hash.toString('base64url')
}

function sumOf(body: string): string {
  const sum = [...body].reduce((total, character, i) => total + (i + 1) * alphabet.indexOf(character), 0) % modulus
  return `${alphabet[sum >> 5]}${alphabet[sum & 31]}`
}

const wrong = (what: string) =>
  new Refusal('BAD_REQUEST', `There is a slip in this recovery code. ${what}`, { in: 'body', field: 'code' })
