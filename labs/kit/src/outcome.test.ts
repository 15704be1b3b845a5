/** What a node says reaches a page as one harmless line. */
import { expect, test } from 'vitest'
import { fail, outcome, pass } from './outcome.ts'

test('control and direction-changing characters are taken out, and novels are cut', () => {
  const said = fail({ expected: 'a', observed: `\u001b[31mred\u202egnorw\nnext${'x'.repeat(3000)}` })
  expect(outcome.safeParse(said).success).toBe(true)
  const seen = said.status === 'fail' ? said.observed : ''
  expect(seen).toMatch(/^\[31mred gnorw next/)
  expect(seen).toHaveLength(500)
})

test('pass may go without a word', () => {
  expect(pass()).toEqual({ status: 'pass' })
  expect(pass('`web` runs')).toEqual({ status: 'pass', observed: '`web` runs' })
})
