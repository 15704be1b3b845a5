/** Protects: a tree of whatever names, and names that a person can tell apart. */
import { expect, it } from 'vitest'
import { buildTree, formatSize, readableName, refuseName, shellWord } from './file-tree.ts'

const entry = (path: string, kind: 'folder' | 'file' = 'file') => ({ path, kind, size: 1, changed_at: 0 })

it('builds a tree, folders first, whatever comes first', () => {
  const tree = buildTree([entry('b'), entry('a/x'), entry('z', 'folder'), entry('a', 'folder')])
  expect(tree.map(({ name }) => name)).toEqual(['a', 'z', 'b'])
  expect(tree[0]?.children.map(({ name }) => name)).toEqual(['x'])
  expect(buildTree([entry('lost/child')])).toEqual([])
})
it('spells out what cannot be seen', () => {
  expect(readableName('a\nb\u202e')).toBe('a\\u{a}b\\u{202e}')
})
it('refuses names that lead elsewhere, with the reason', () => {
  expect(refuseName('src/app.py')).toBeNull()
  for (const wrong of ['', '/etc', 'a/', '../x', 'x'.repeat(256)]) expect(refuseName(wrong), wrong).not.toBeNull()
})
it('speaks of sizes as people do', () => {
  expect([0, 999, 1500, 2_500_000].map(formatSize)).toEqual(['0 B', '999 B', '1.5 kB', '2.5 MB'])
})
it('quotes for the shell', () => {
  expect([shellWord('src/app.py'), shellWord("it's"), shellWord('-rf')]).toEqual(['src/app.py', `'it'\\''s'`, `'-rf'`])
})
