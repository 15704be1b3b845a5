/** Packages: only what is missing is asked for, and a person who says no is told how to do it by hand. */
import { expect, test } from 'vitest'
import { missingPackages, packagesStep } from './packages-step.ts'
import type { StepContext } from './step.ts'

const wanted = { 'no-such-program-a': 'package-a', 'no-such-program-b': 'package-a', sh: 'dash' }

test('a package is missing when one of its programs is, and is named once', () => {
  expect(missingPackages(wanted)).toEqual(['package-a'])
  expect(missingPackages({ sh: 'dash' })).toEqual([])
})

test('a no at the question installs nothing and says how to do it by hand', async () => {
  const progress = {
    begin: () => ({ report: () => undefined, end: () => undefined }),
    say: () => undefined,
    pause: <T>(f: () => Promise<T>) => f(),
    close: () => undefined,
  }
  const step = packagesStep(wanted, { confirm: () => Promise.resolve(false), progress })
  await expect(step.run({} as StepContext)).rejects.toThrow('apt-get install --no-install-recommends package-a')
})

test('without apt-get it says which programs are missing', async () => {
  const before = process.env.PATH
  process.env.PATH = '/nonexistent'
  try {
    const progress = {
      begin: () => ({ report: () => undefined, end: () => undefined }),
      say: () => undefined,
      pause: <T>(f: () => Promise<T>) => f(),
      close: () => undefined,
    }
    const step = packagesStep(wanted, { confirm: () => Promise.resolve(true), progress })
    await expect(step.run({} as StepContext)).rejects.toThrow(/no-such-program-a.*knows only Debian's package manager/)
  } finally {
    process.env.PATH = before
  }
})
