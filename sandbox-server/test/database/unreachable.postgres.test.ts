/** Protects: a database that goes away in the middle costs a clear answer and nothing else, and one that cannot be used is said so at start, without its password. */
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { startPostgres } from '../../../tests/harness/postgres.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { openTestApp } from '../open-test-app.ts'

const postgres = await startPostgres({ durable: false })
afterAll(() => postgres[Symbol.asyncDispose]())

const changed = (change: (url: URL) => void) => {
  const url = new URL(postgres.url())
  change(url)
  return url.href
}

test.each<[string, RegExp, () => string]>([
  ['a wrong password', /user or password are not the right ones/, () => changed((url) => (url.password = 'whale'))],
  ['no such database', /it has no such database/, () => postgres.url('none')],
  ['nothing listens', /nothing listens there/, () => changed((url) => (url.port = '9'))],
  // A name that is none: no name server is asked, which may take long.
  ['no such host', /its host name is not known/, () => changed((url) => (url.hostname = 'db..invalid'))],
  ['no such socket', /no socket in that folder/, () => 'postgres:///drydock?host=/nonexistent'],
  ['no TLS', /TLS does not come about/, () => changed((url) => url.searchParams.set('sslmode', 'verify-full'))],
])('%s is said at start', async (_what, words, address) => {
  const url = address()
  const error = await openDatabase({ url }, () => undefined).catch((thrown: unknown) => thrown as Error)
  expect(error).toMatchObject({ name: 'DatabaseError', message: expect.stringMatching(words) as string })
  const { password } = new URL(url)
  if (password !== '') expect(String((error as Error).stack)).not.toContain(password)
})

test('one that takes connections and never answers is given up', { timeout: 15_000 }, async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const url = changed((each) => (each.port = String(port)))
  await expect(openDatabase({ url }, () => undefined)).rejects.toThrow(/nothing answers there/)
  silent.close()
})

test.each(['SIGINT', 'SIGQUIT'] as const)('it ends by %s under requests, and comes back', async (signal) => {
  await using server = await openTestApp({ env: { DATABASE_URL: postgres.url() } })
  const learner = createLearner(server.url)
  expect((await learner.request('GET', '/api/progress')).status).toBe(200)
  const session = await learner.start('layers/sample')
  let asking = true
  const seen = new Set<number>()
  const load = Array.from({ length: 8 }, async () => {
    while (asking) seen.add((await learner.request('GET', '/api/progress')).status)
  })
  await expect.poll(() => seen.has(200)).toBe(true)
  await postgres.stop(signal)
  const refused = await learner.request('GET', '/api/progress')
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'DATABASE_UNAVAILABLE', retry: true } } })
  expect(await learner.request('GET', '/api/health')).toMatchObject({ status: 503 })
  await postgres.start()
  await expect.poll(async () => (await learner.request('GET', '/api/health')).status).toBe(200)
  asking = false
  await Promise.all(load)
  expect([...seen].toSorted()).toEqual([200, 503])
  // The lab went on, and what is saved from now on is saved.
  expect((await learner.session(session.id)).state).toBe('ready')
  await learner.end(session.id)
  await expect.poll(async () => (await learner.request('GET', `/api/sessions/${session.id}`)).status).toBe(410)
})
