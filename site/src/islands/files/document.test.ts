/** Protects: an edit is never lost and never written over somebody else's without a question. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ErrorCode } from '@drydock/sandbox-server/contract'
import { OpenDocument } from './document.ts'

function openFile(text: string) {
  let theirs: string | null = text
  let here = text
  const version = (of: string) => `v-${of}`
  const refuse = (code: ErrorCode) => ({
    ok: false as const,
    problem: { code, message: code, retry: false, details: {} },
  })
  const document = new OpenDocument(
    {
      read: async () =>
        theirs === null ? refuse('FILE_UNKNOWN') : { ok: true, value: { text: theirs, version: version(theirs) } },
      write: async (_path, wanted, of) => {
        if (of !== undefined && theirs === null) return refuse('FILE_UNKNOWN')
        if (of !== undefined && theirs !== null && of !== version(theirs)) return refuse('FILE_CHANGED')
        theirs = wanted
        return { ok: true, value: { version: version(wanted) } }
      },
    },
    'Dockerfile',
    text,
    version(text),
  )
  document.editor = { text: () => here, replace: (next) => void (here = next) }
  return {
    document,
    inNode: () => theirs,
    here: () => here,
    type: (next: string) => {
      here = next
      document.edited()
    },
    outside: (next: string | null) => void (theirs = next),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('saves after a pause, and at once when asked', async () => {
  const file = openFile('a')
  file.type('ab')
  expect(file.document.state.value.name).toBe('edited')
  await vi.advanceTimersByTimeAsync(1400)
  expect(file.inNode()).toBe('a')
  await vi.advanceTimersByTimeAsync(200)
  expect(file.inNode()).toBe('ab')
  file.type('abc')
  await file.document.save()
  expect(file.inNode()).toBe('abc')
  expect(file.document.state.value.name).toBe('saved')
})

it('shows what was changed outside when nothing is edited', async () => {
  const file = openFile('a')
  file.document.seen('1')
  file.outside('changed')
  file.document.seen('2')
  await vi.advanceTimersByTimeAsync(0)
  expect(file.here()).toBe('changed')
})

it('shows the first change after it was opened, too: the tree may be newer than what was read', async () => {
  const file = openFile('a')
  file.outside('changed')
  file.document.seen('1')
  await vi.advanceTimersByTimeAsync(0)
  expect(file.here()).toBe('changed')
})

it('asks when both were changed, and does what it is told', async () => {
  const mine = openFile('a')
  mine.outside('theirs')
  mine.type('mine')
  await mine.document.save()
  expect(mine.document.state.value).toEqual({ name: 'conflict', theirs: 'theirs' })
  await vi.advanceTimersByTimeAsync(5000)
  expect(mine.inNode()).toBe('theirs')
  await mine.document.keepMine()
  expect(mine.inNode()).toBe('mine')
  mine.outside('again')
  mine.type('mine too')
  await mine.document.save()
  mine.document.takeTheirs()
  await vi.advanceTimersByTimeAsync(0)
  expect(mine.here()).toBe('again')
})

it('keeps the text of a file that was removed', async () => {
  const file = openFile('a')
  file.document.seen('1')
  file.outside(null)
  file.document.seen(null)
  await vi.advanceTimersByTimeAsync(0)
  expect(file.document.state.value).toEqual({ name: 'conflict', theirs: null })
  await file.document.keepMine()
  expect(file.inNode()).toBe('a')
})
