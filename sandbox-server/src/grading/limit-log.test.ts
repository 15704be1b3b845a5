/** Protects: nobody fills the log by making checks fail. */
import { expect, test, vi } from 'vitest'
import { limitLog } from './limit-log.ts'

test('so many lines a minute, one that says so, and again in the next minute', () => {
  const target = { warn: vi.fn(), error: vi.fn() }
  let now = 0
  const log = limitLog(target, 3, () => now)
  for (let i = 0; i < 1000; i++) log.error({ i }, 'check crashed')
  expect(target.error).toHaveBeenCalledTimes(3)
  expect(target.warn).toHaveBeenCalledTimes(1)
  now = 60_000
  log.warn({}, 'again')
  expect(target.warn).toHaveBeenCalledTimes(2)
})
