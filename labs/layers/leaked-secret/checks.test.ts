/** What a person writes around a token, and what a token of their own may consist of. */
import { contextOf, pretendNode, printed, wordOf } from '@drydock/kit/testing'
import { expect, test } from 'vitest'
import checks from './checks.ts'

const leaked = '0123456789abcdef'.repeat(3)

interface Asked {
  read?: string
  /** What the depot is asked with, and its answer. */
  answer?: (config: string) => number
}

async function says(task: 'find' | 'rotate', { read = '', answer = () => 0 }: Asked): Promise<string | undefined> {
  const node1 = pretendNode({
    exec: async (_argv, options) => {
      const stdin = typeof options?.stdin === 'string' ? options.stdin : ''
      return printed(String(answer(stdin)))
    },
    read: async () => read,
  })
  const values = { token: leaked }
  const outcome = await checks[task](contextOf(node1, values))
  return wordOf(outcome)
}

test.each([
  ['alone', `${leaked}\n`, 'pass'],
  ['with its name', `TOKEN=${leaked}\n`, 'pass'],
  ['quoted, in a sentence', `The token is "${leaked}".\n`, 'pass'],
  ['longer than it is', `${leaked}ff\n`, 'layers'],
  ['another', 'ffff\n', 'layers'],
])('leak.txt with the token %s', async (_name, read, expected) => {
  expect(await says('find', { read })).toBe(expected)
})

test.each([
  ['of hexadecimal digits', 'c0ffee', 'user = "ferry:c0ffee"\n'],
  ['in base64', 'ab+/cd==', 'user = "ferry:ab+/cd=="\n'],
  ['with signs of a curl configuration', 'a"b\\c', String.raw`user = "ferry:a\"b\\c"` + '\n'],
  ['with a line end in it', 'a\nurl = "x"', String.raw`user = "ferry:aurl = \"x\""` + '\n'],
])('the depot is asked with a token %s as it is', async (_name, read, line) => {
  const answer = (config: string) => (config.endsWith(`rates.csv"\n${line}`) ? 200 : 401)
  expect(await says('rotate', { read, answer })).toBe('pass')
})
