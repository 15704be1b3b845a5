/** Who may show which page in a frame, and by which cookie a learner is known there. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { loadConfig } from '../../src/config.ts'
import { openTestApp } from '../open-test-app.ts'

const site = {
  'index.html': '<html>home</html>',
  'play/index.html': '<html>play</html>',
  'play/link/index.html': '<html>link</html>',
  '404.html': '<html>lost</html>',
}
const blog = 'https://blog.example.org'
const other = 'http://127.0.0.1:8081'
const env = { DRYDOCK_EMBED_ORIGINS: `${blog}, ${other}` }
const inFrame = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
const ancestors = (headers: Headers) =>
  /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]

test('the playground may be shown by the sites that are named, and nothing else by anybody', async () => {
  await using server = await openTestApp({ site, env })
  const visitor = createLearner(server.url)
  const play = await visitor.request('GET', '/play/')
  expect(ancestors(play.headers)).toBe(`${blog} ${other}`)
  expect(play.headers.get('x-frame-options')).toBe(null)
  for (const path of ['/', '/play/link/', '/nothing/', '/api/labs', '/play/../']) {
    const { headers } = await visitor.request('GET', path)
    expect([path, ancestors(headers)]).toEqual([path, "'none'"])
    expect([path, headers.get('x-frame-options')]).toEqual([path, 'SAMEORIGIN'])
  }
})

test('without a list nobody may, and no cookie is made for frames', async () => {
  await using server = await openTestApp({ site })
  const play = await createLearner(server.url).request('GET', '/play/', undefined, inFrame)
  expect(ancestors(play.headers)).toBe("'none'")
  expect(play.headers.get('x-frame-options')).toBe('SAMEORIGIN')
  expect(play.headers.getSetCookie().join()).not.toContain('_framed')
})

test('in a frame a learner is known by a partitioned cookie, which opens nothing to pages of that site', async () => {
  await using server = await openTestApp({ site, env })
  const visitor = createLearner(server.url)
  const play = await visitor.request('GET', '/play/', undefined, inFrame)
  const cookies = play.headers.getSetCookie()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/^__Host-drydock_learner\w*_framed=/)
  for (const part of ['HttpOnly', 'Secure', 'SameSite=None', 'Partitioned', 'Path=/'])
    expect(cookies[0]).toContain(part)
  const session = await visitor.start('layers/sample')
  expect((await visitor.request('GET', '/api/sessions')).body).toMatchObject([{ id: session.id }])

  // The browser sends it with what a page of that site asks for, too.
  for (const [method, path] of [
    ['DELETE', `/api/sessions/${session.id}`],
    ['POST', `/api/sessions/${session.id}/extend`],
    ['DELETE', '/api/learner'],
  ] as const)
    expect(await visitor.request(method, path, undefined, { origin: blog })).toMatchObject({
      status: 403,
      body: { error: { code: 'WRONG_ORIGIN' } },
    })
  const read = await visitor.request('GET', '/api/sessions', undefined, { origin: blog })
  expect(read.headers.get('access-control-allow-origin')).toBe(null)
  expect((await visitor.session(session.id)).state).toBe('ready')
})

test('as a page of its own, or on our own site, the playground has the cookie of every other page', async () => {
  await using server = await openTestApp({ site, env })
  for (const headers of [
    {},
    { ...inFrame, 'sec-fetch-site': 'same-origin' },
    { ...inFrame, 'sec-fetch-dest': 'document' },
  ]) {
    const { headers: answer } = await createLearner(server.url).request('GET', '/play/', undefined, headers)
    expect(answer.getSetCookie().join()).toMatch(/^drydock_learner\w*=[^;]*;.*SameSite=Lax/)
    expect(answer.getSetCookie().join()).not.toContain('_framed')
  }
})

test.each([
  '*',
  'https://*.example.org',
  'http://blog.example.org',
  'https://blog.example.org/',
  'https://blog.example.org/path',
  'https://user@blog.example.org',
  "https://a.example 'unsafe-inline'",
  'https://a.example;script-src',
  'data:',
  'null',
  'blog.example.org',
])('%s is no origin that could embed', (value) => {
  expect(() => loadConfig('/', { DRYDOCK_EMBED_ORIGINS: value }, [])).toThrow(
    /DRYDOCK_EMBED_ORIGINS is .* must be origins/,
  )
})
