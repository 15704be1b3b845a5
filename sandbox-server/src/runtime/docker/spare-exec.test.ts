/** Protects: a program that takes a spare's place gets the words, variables and folder that it was given, whatever is in them. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { toLine } from './spare-exec.ts'

const run = (line: string | null) =>
  execFileSync('/bin/sh', ['-c', 'read -r line && eval "$line"'], { input: `${line}\nrest`, encoding: 'utf8' })

test('words, variables, folder and the rest of the input arrive as they are', () => {
  const hard = `it's "$HOME" \\ \\n * ; $(id) \`id\``
  const script = 'printf "%s|" "$@" "$HARD"; pwd; cat'
  const line = toLine({ argv: ['sh', '-c', script, 'x', hard, ''], env: [`HARD=${hard}`], cwd: '/usr' })
  expect(run(line)).toBe(`${hard}||${hard}|/usr\nrest`)
})

test('what does not fit on one line is begun in the usual way', () => {
  expect(toLine({ argv: ['echo', 'a\nb'] })).toBeNull()
})
