/** Protects: codes are readable and random enough, a slip is told apart from a code that nobody has, and only a slow hash is stored. */
import { expect, test } from 'vitest'
import { createRecoveryCode, hashRecoveryCode, parseRecoveryCode } from './recovery-code.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

test('five groups of five, without letters that look like others, and never the same twice', () => {
  const codes = Array.from({ length: 500 }, createRecoveryCode)
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)
  expect(new Set(codes).size).toBe(500)
  // Every character of the alphabet comes up at every random place: 500 draws miss one with a chance below 10^-4.
  for (let place = 0; place < 23; place++)
    expect(new Set(codes.map((code) => code.replaceAll('-', '')[place])).size).toBeGreaterThan(29)
})

test('it may be typed in small letters, with spaces, with O for 0 and I or L for 1', () => {
  const code = createRecoveryCode()
  const plain = code.replaceAll('-', '')
  const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
  expect(parseRecoveryCode(` ${typed} `)).toBe(plain)
  expect(parseRecoveryCode(code.replaceAll('-', '–'))).toBe(plain)
})

test('every single wrong character, every exchange of two, and every missing one is a slip', () => {
  const plain = createRecoveryCode().replaceAll('-', '')
  for (let i = 0; i < plain.length; i++) {
    for (const other of alphabet)
      if (other !== plain[i])
        expect(() => parseRecoveryCode(plain.slice(0, i) + other + plain.slice(i + 1))).toThrow('is wrong')
    expect(() => parseRecoveryCode(plain.slice(0, i) + plain.slice(i + 1))).toThrow('24 characters')
    // Within the random part: between it and the sum an exchange may by chance make another code.
    for (let j = i + 1; j < 23; j++) {
      if (plain[i] === plain[j]) continue
      const swapped = [...plain]
      ;[swapped[i], swapped[j]] = [plain[j]!, plain[i]!]
      expect(() => parseRecoveryCode(swapped.join(''))).toThrow('changed places')
    }
  }
  expect(() => parseRecoveryCode(`${plain.slice(0, 24)}U`)).toThrow("'U' is in no code")
  expect(() => parseRecoveryCode('')).toThrow('0 characters')
})

test('the hash is always the same, tells nothing of the code, and takes its time', async () => {
  const [one, other] = [createRecoveryCode(), createRecoveryCode()].map(parseRecoveryCode)
  const began = performance.now()
  const hash = await hashRecoveryCode(one!)
  expect(performance.now() - began).toBeGreaterThan(5)
  expect(hash).toBe(await hashRecoveryCode(one!))
  expect(hash).not.toBe(await hashRecoveryCode(other!))
  expect(hash).toMatch(/^[\w-]{43}$/)
})
