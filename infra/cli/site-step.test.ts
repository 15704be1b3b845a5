/** The site is built again when something that goes into it changes, and only then. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashInputs } from './site-step.ts'

let root: string
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'drydock-site-'))
  write('lessons/layers/cache/lesson.mdx', '# Cache')
  write('labs/layers/cache/lab.yaml', 'title: Cache')
})
afterEach(() => rmSync(root, { recursive: true }))

test.each([
  'lessons/layers/cache/lesson.mdx',
  'labs/layers/cache/lab.yaml',
  'site/src/new.astro',
  'site/src/islands/files/document.ts',
])('%s changes it', (file) => {
  const before = hashInputs(root)
  write(file, 'other')
  expect(hashInputs(root)).not.toBe(before)
})

test.each(['labs/layers/cache/solution/01-order.sh', 'site/dist/index.html', 'site/node_modules/x/index.js'])(
  '%s does not',
  (file) => {
    const before = hashInputs(root)
    write(file, 'other')
    expect(hashInputs(root)).toBe(before)
  },
)
