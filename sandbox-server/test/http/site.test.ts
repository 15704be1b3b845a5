/** The built site: caching, the page for what is not there, one host name, and a content policy that keeps its own scripts working. */
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { openTestApp } from '../open-test-app.ts'

const script = "document.documentElement.dataset.theme = 'dark'"
const site = {
  'index.html': `<html><script>${script}</script><script src="/_astro/a.js"></script></html>`,
  'layers/cache/index.html': '<html>cache</html>',
  '404.html': '<html>lost</html>',
  '_astro/a.12345.js': 'export {}',
  '.env': 'SECRET=1',
}

test('pages are fresh and name their inline scripts, hashed files are kept for ever', async () => {
  await using server = await openTestApp({ site })
  const visitor = createLearner(server.url)
  const page = await visitor.request('GET', '/')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(page.status).toBe(200)
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  expect(policy.match(/script-src [^;]*/)?.[0]).not.toContain('unsafe-inline')
  expect(policy).toContain("style-src 'self' 'unsafe-inline'")
  expect(policy).toContain(`connect-src 'self' ${server.url.replace('http', 'ws')}`)
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(page.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
  const asset = await visitor.request('GET', '/_astro/a.12345.js')
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await visitor.request('GET', '/layers/cache/')).body).toBe('<html>cache</html>')
  expect((await visitor.request('GET', '/layers/cache')).status).toBe(301)
})

test('a first visit gets a cookie with the page, and keeps it', async () => {
  await using server = await openTestApp({ site })
  const visitor = createLearner(server.url)
  await visitor.request('GET', '/')
  const { cookie } = visitor
  expect(cookie).toMatch(/^drydock_learner/)
  const again = await visitor.request('GET', '/layers/cache/')
  expect(again.headers.getSetCookie()).toEqual([])
  expect((await visitor.request('GET', '/_astro/a.12345.js')).headers.getSetCookie()).toEqual([])
  await visitor.labs()
  expect(visitor.cookie).toBe(cookie)
})

test('what is not there has a page; what is below /api has an error', async () => {
  await using server = await openTestApp({ site })
  const visitor = createLearner(server.url)
  for (const path of [
    '/nothing/',
    '/.env',
    '/..%2f..%2fpackage.json',
    '/_astro/none.js',
    '/layers/',
    '/%2e%2e%2f%2e%2e%2fetc/passwd',
  ]) {
    const answer = await visitor.request('GET', path)
    expect([path, answer.status]).toEqual([path, expect.toBeOneOf([404, 403, 400])])
    expect(JSON.stringify(answer.body)).not.toMatch(/SECRET|root:|drydock"/)
  }
  expect((await visitor.request('GET', '/nothing/')).body).toBe('<html>lost</html>')
  expect((await visitor.request('GET', '/api/nothing')).body).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect((await visitor.request('POST', '/')).body).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

/** fetch does not let us choose the Host header. */
function ask(
  url: string,
  path: string,
  host: string,
): Promise<{ status: number | undefined; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url)
    const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode, location: answer.headers.location })
    })
    sent.on('error', reject).end()
  })
}

test('pages asked for under another host name go to the public one, the API does not care', async () => {
  await using server = await openTestApp({ site })
  const { port } = new URL(server.url)
  for (const host of [`127.0.0.1:${port}`, 'evil.example', `localhost:${port}.evil.example`])
    expect(await ask(server.url, '/layers/cache/?a=1', host)).toEqual({
      status: 302,
      location: `${server.url}/layers/cache/?a=1`,
    })
  const tricked = await ask(server.url, '//evil.example/', `127.0.0.1:${port}`)
  expect(new URL(tricked.location ?? '').host).toBe(`localhost:${port}`)
  expect(await ask(server.url, '/api/health', `127.0.0.1:${port}`)).toMatchObject({ status: 200 })
})

test('a connection is kept longer than proxies keep one, so that none closes under a request', async () => {
  await using server = await openTestApp({ site })
  const { headers } = await createLearner(server.url).request('GET', '/')
  expect(headers.get('keep-alive')).toBe('timeout=72')
})
