/** The signed cookie: what is accepted, what is renewed, what is refused. */
import { expect, test } from 'vitest'
import { createLearnerId, readLearner, signLearner } from './learner-cookie.ts'

const secret = Buffer.alloc(32, 1)
const day = 86_400_000
const now = Date.UTC(2026, 10, 23)

test('a cookie is accepted for 400 days and renewed after 30', () => {
  const learner = createLearnerId()
  const cookie = signLearner(learner, secret, now)
  expect(readLearner(cookie, secret, now)).toEqual({ state: 'valid', learner, renew: false })
  expect(readLearner(cookie, secret, now + 31 * day)).toEqual({ state: 'valid', learner, renew: true })
  expect(readLearner(cookie, secret, now + 401 * day)).toEqual({ state: 'invalid' })
})

test('a clock that was set back loses nobody: their cookie is accepted, and soon signed anew', () => {
  const learner = createLearnerId()
  const cookie = signLearner(learner, secret, now)
  expect(readLearner(cookie, secret, now - 2 * day)).toEqual({ state: 'valid', learner, renew: false })
  expect(readLearner(cookie, secret, now - 3000 * day)).toEqual({ state: 'valid', learner, renew: true })
})

test('every change of a cookie makes it invalid', () => {
  const cookie = signLearner(createLearnerId(), secret, now)
  expect(readLearner(cookie, Buffer.alloc(32, 2), now)).toEqual({ state: 'invalid' })
  for (let i = 0; i < cookie.length; i++) {
    const other = cookie[i] === 'a' ? 'b' : 'a'
    const changed = cookie.slice(0, i) + other + cookie.slice(i + 1)
    // The last character of a signature carries bits that base64 drops; the text is compared, not the bits.
    expect(readLearner(changed, secret, now)).toEqual({ state: 'invalid' })
  }
  for (const wrong of [`${cookie}a`, ` ${cookie}`, cookie.slice(1), '..', 'x'])
    expect(readLearner(wrong, secret, now).state).toBe('invalid')
  expect(readLearner(undefined, secret, now)).toEqual({ state: 'missing' })
})
