/** Protects: a code read aloud or copied wrongly in the usual ways is the same code, and what cannot be one is said to be none. */
import { expect, test } from 'vitest'
import { createJoinCode, parseJoinCode, showJoinCode } from './join-code.ts'

test('whatever is heard for it is the same code', () => {
  expect(parseJoinCode('15O-28V')).toBe('15028V')
  for (const heard of ['i5o zbu', ' lSQ—2 8 v ', 'l5-0z.8-U', 'https://class.example/join/#15O-28V', '１５０２８Ｖ'])
    expect(parseJoinCode(heard), heard).toBe('15028V')
})

test('codes are of characters that stand for themselves, and hardly ever the same', () => {
  const codes = Array.from({ length: 500 }, createJoinCode)
  for (const code of codes) {
    expect(parseJoinCode(showJoinCode(code))).toBe(code)
    expect(parseJoinCode(code.toLowerCase())).toBe(code)
  }
  expect(new Set(codes).size).toBeGreaterThan(498)
})

test('what is none says why', () => {
  expect(() => parseJoinCode('12345')).toThrow('It has 5 characters')
  expect(() => parseJoinCode('')).toThrow('It has 0 characters')
  expect(() => parseJoinCode('12345Ж')).toThrow("'Ж' is in no code")
  expect(() => parseJoinCode('💥💥💥')).toThrow()
})
