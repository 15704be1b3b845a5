/** Protects: whatever answers, or does not, becomes a value with a sentence; nothing is thrown. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { request } from './http.ts'

const answer = (status: number, body: string | null, type = 'application/json') =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers: { 'content-type': type } })))
const codeOf = async () => {
  const got = await request('GET', '/x')
  return got.ok ? 'ok' : got.problem.code
}

describe('request', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('gives the answer, also an empty one', async () => {
    answer(200, '{"a":1}')
    expect(await request('GET', '/x')).toEqual({ ok: true, value: { a: 1 } })
    answer(204, null)
    expect(await request('DELETE', '/x')).toEqual({ ok: true, value: undefined })
  })
  it('passes on what the server says', async () => {
    answer(409, '{"error":{"code":"SESSION_LIMIT","message":"m","retry":false,"details":{"lab":"a/b"}}}')
    expect(await request('POST', '/x', {})).toEqual({
      ok: false,
      problem: { code: 'SESSION_LIMIT', message: 'm', retry: false, details: { lab: 'a/b' } },
    })
  })
  it('tells a missing server from pages without one', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    expect(await codeOf()).toBe('UNREACHABLE')
    answer(502, '<html>', 'text/html')
    expect(await codeOf()).toBe('UNREACHABLE')
    answer(404, '<html>', 'text/html')
    expect(await codeOf()).toBe('NOT_OUR_SERVER')
    answer(200, '<html>', 'text/html')
    expect(await codeOf()).toBe('NOT_OUR_SERVER')
    answer(200, '{broken')
    expect(await codeOf()).toBe('NOT_OUR_SERVER')
  })
})
