/** Start files as an archive that the node's own tar understands. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { packFiles } from './pack-files.ts'

test('tar unpacks what was packed: names, content, modes, links, long paths', async () => {
  const from = mkdtempSync(path.join(tmpdir(), 'drydock-pack-'))
  const deep = `${'d'.repeat(60)}/${'e'.repeat(60)}`
  mkdirSync(path.join(from, deep), { recursive: true })
  writeFileSync(path.join(from, deep, 'ünïcode.txt'), 'x'.repeat(1000))
  writeFileSync(path.join(from, 'empty'), '')
  writeFileSync(path.join(from, 'run.sh'), '#!/bin/sh\n')
  chmodSync(path.join(from, 'run.sh'), 0o700)
  symlinkSync('run.sh', path.join(from, 'link'))
  const to = mkdtempSync(path.join(tmpdir(), 'drydock-unpack-'))
  execFileSync('tar', ['-xf', '-', '-C', to], { input: await packFiles(from) })
  expect(readFileSync(path.join(to, deep, 'ünïcode.txt'), 'utf8')).toBe('x'.repeat(1000))
  expect(readFileSync(path.join(to, 'link'), 'utf8')).toBe('#!/bin/sh\n')
  const listed = execFileSync('tar', ['-tvf', '-'], { input: await packFiles(from) }).toString()
  expect(listed).toMatch(/^-rwxr-xr-x root\/root +10 1970-01-01 00:00 run\.sh$/m)
  expect(listed).toMatch(/^-rw-r--r-- root\/root +0 .* empty$/m)
  expect(await packFiles(from)).toEqual(await packFiles(from))
})

test('a name that the archive cannot hold is refused, not cut', async () => {
  const from = mkdtempSync(path.join(tmpdir(), 'drydock-pack-'))
  writeFileSync(path.join(from, 'n'.repeat(120)), '')
  await expect(packFiles(from)).rejects.toThrow(/too long/)
})
