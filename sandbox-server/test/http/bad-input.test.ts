/** What people, programs and attackers get wrong, each answered with a code of the table of errors. */
import { describe, expect, test } from 'vitest'
import { createLearner, type Answer } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import { errorBody, errors, type ErrorCode } from '../../src/contract/errors.ts'
import { maxInputFrame } from '../../src/contract/terminals.ts'
import { signLearner } from '../../src/learners/learner-cookie.ts'
import { openTestApp } from '../open-test-app.ts'

const lab = 'layers/sample'

function expectRefusal(answer: Answer, code: ErrorCode) {
  const { error } = errorBody.parse(answer.body)
  expect([answer.status, error.code, error.retry]).toEqual([errors[code].status, code, errors[code].retry])
  expect(error.message.length).toBeGreaterThan(10)
}

test('an unknown lab', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  expectRefusal(await learner.request('POST', '/api/sessions', { lab: 'layers/none' }), 'LAB_UNKNOWN')
  expectRefusal(await learner.request('GET', '/api/labs/layers/none'), 'LAB_UNKNOWN')
  expectRefusal(await learner.request('GET', '/api/labs/constructor/__proto__'), 'LAB_UNKNOWN')
})

test.each([
  ['not JSON', '{"lab":', 'BAD_REQUEST'],
  ['another type', '[]', 'BAD_REQUEST'],
  ['a field too many', '{"lab":"layers/sample","image":"evil"}', 'BAD_REQUEST'],
  ['a lab that is a path', '{"lab":"../../etc/passwd"}', 'BAD_REQUEST'],
  ['a lab with a zero byte', '{"lab":"layers/sample\\u0000"}', 'BAD_REQUEST'],
  ['a poisoned prototype', '{"lab":"layers/sample","__proto__":{"replace":true}}', 'BAD_REQUEST'],
  ['nothing', '', 'BAD_REQUEST'],
  ['too much', JSON.stringify({ lab: 'x'.repeat(20_000) }), 'TOO_LARGE'],
  ['deep nesting', `${'['.repeat(8000)}${']'.repeat(8000)}`, 'BAD_REQUEST'],
] as const)('a body with %s', async (_what, body, code) => {
  await using server = await openTestApp()
  expectRefusal(await createLearner(server.url).request('POST', '/api/sessions', body), code)
})

test('a body that is no JSON by its own account', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const answer = await learner.request('POST', '/api/sessions', 'lab=layers', { 'content-type': 'text/plain' })
  expectRefusal(answer, 'BAD_REQUEST')
})

test('path tricks in every parameter', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const tricks = [
    '..%2f..%2fetc%2fpasswd',
    '%00',
    '__proto__',
    'constructor',
    'a'.repeat(90),
    '%F0%9F%92%A3',
    "'%20or%201=1--",
  ]
  for (const trick of tricks) {
    expectRefusal(await learner.request('GET', `/api/labs/${trick}/sample`), 'LAB_UNKNOWN')
    expectRefusal(await learner.request('GET', `/api/labs/layers/${trick}`), 'LAB_UNKNOWN')
    expectRefusal(await learner.request('GET', `/api/sessions/${trick}`), 'SESSION_UNKNOWN')
    expectRefusal(await learner.request('DELETE', `/api/sessions/${trick}`), 'SESSION_UNKNOWN')
    expectRefusal(await learner.request('POST', `/api/sessions/${trick}/reset`), 'SESSION_UNKNOWN')
    expectRefusal(await learner.request('POST', `/api/sessions/${id}/tasks/${trick}/check`), 'TASK_UNKNOWN')
    expectRefusal(await learner.request('GET', `/api/sessions/${id}/tasks/${trick}/hints`), 'TASK_UNKNOWN')
    expectRefusal(await learner.request('GET', `/api/sessions/${id}/tasks/${trick}/solution`), 'TASK_UNKNOWN')
    expectRefusal(await learner.request('DELETE', `/api/sessions/${id}/terminals/${trick}`), 'TERMINAL_UNKNOWN')
  }
  for (const node of ['node4', '../node1', 'node1;id', ''])
    expectRefusal(await learner.request('POST', `/api/sessions/${id}/terminals`, { node }), 'BAD_REQUEST')
  expectRefusal(await learner.request('POST', `/api/sessions/${id}/terminals`, { node: 'node2' }), 'BAD_REQUEST')
  expectRefusal(await learner.request('GET', `/api/sessions/${'a'.repeat(5000)}`), 'BAD_REQUEST')
  expectRefusal(await learner.request('GET', '/api/%E0%A4%A'), 'BAD_REQUEST')
  expectRefusal(await learner.request('GET', '/api/none'), 'NOT_FOUND')
})

test("another learner's session does not exist for them", async () => {
  await using server = await openTestApp()
  const [owner, stranger] = [createLearner(server.url), createLearner(server.url)]
  const { id } = await owner.start(lab)
  await stranger.labs()
  expectRefusal(await stranger.request('GET', `/api/sessions/${id}`), 'SESSION_UNKNOWN')
  expectRefusal(await stranger.request('DELETE', `/api/sessions/${id}`), 'SESSION_UNKNOWN')
  expectRefusal(await stranger.request('POST', `/api/sessions/${id}/tasks/build/check`), 'SESSION_UNKNOWN')
  expect(await stranger.request('GET', '/api/sessions')).toMatchObject({ body: [] })
  const closed = async (path: string) => {
    const socket = await openSocket(stranger, path)
    return await new Promise((resolve) => socket.on('close', (code, reason) => resolve([code, reason.toString()])))
  }
  expect(await closed(`/api/sessions/${id}/events`)).toEqual([4404, 'SESSION_UNKNOWN'])
  expect(await closed(`/api/sessions/${id}/terminals/main`)).toEqual([4404, 'SESSION_UNKNOWN'])
  await owner.end(id)
  expectRefusal(await stranger.request('GET', `/api/sessions/${id}`), 'SESSION_UNKNOWN')
})

describe('the wrong origin', () => {
  test('changes nothing and opens no socket, however similar it is', async () => {
    await using server = await openTestApp()
    const learner = createLearner(server.url)
    const { id } = await learner.start(lab)
    const { port } = new URL(server.url)
    const wrong = [
      'null',
      'http://evil.example',
      `${server.url}.evil.example`,
      `http://evil.example/${server.url}`,
      `http://evil-localhost:${port}`,
      `http://localhost.evil.example:${port}`,
      `https://localhost:${port}`,
      `http://127.0.0.1:${port}`,
      `http://localhost:${port}0`,
      'http://localhost',
      `${server.url}/`,
      server.url.toUpperCase(),
    ]
    for (const origin of wrong) {
      expectRefusal(await learner.request('POST', '/api/sessions', { lab }, { origin }), 'WRONG_ORIGIN')
      expectRefusal(await learner.request('DELETE', `/api/sessions/${id}`, undefined, { origin }), 'WRONG_ORIGIN')
      for (const socket of [`/api/sessions/${id}/events`, `/api/sessions/${id}/terminals/main`])
        await expect(openSocket(learner, socket, undefined, { origin })).rejects.toThrow('403')
    }
    expect((await learner.session(id)).state).toBe('ready')
  })
})

test('a cookie that is forged, of another server or expired', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start(lab)
  const [name = '', value = ''] = learner.cookie.split('=')
  const [owner = '', issued = '', signature = ''] = value.split('.')
  const forged = [
    `${owner}.${issued}.${'A'.repeat(43)}`,
    `${'0'.repeat(24)}.${issued}.${signature}`,
    `${owner}.${issued}z.${signature}`,
    owner,
    `${owner}.${issued}.`,
    'x'.repeat(3000),
    signLearner(owner, Buffer.alloc(32), Date.now()),
  ]
  for (const cookie of forged) {
    const stranger = createLearner(server.url)
    stranger.cookie = `${name}=${cookie}`
    expectRefusal(await stranger.request('GET', `/api/sessions/${id}`), 'UNAUTHENTICATED')
    stranger.cookie = `${name}=${cookie}`
    expectRefusal(await stranger.request('POST', '/api/sessions', { lab }), 'UNAUTHENTICATED')
    stranger.cookie = `${name}=${cookie}`
    await expect(openSocket(stranger, `/api/sessions/${id}/terminals/main`)).rejects.toThrow('401')
  }
  server.travel(401 * 86_400_000)
  expectRefusal(await learner.request('GET', '/api/sessions'), 'UNAUTHENTICATED')
  const page = await learner.request('GET', '/')
  expect(page.headers.getSetCookie()[0]).toMatch(/^drydock_learner.*HttpOnly; SameSite=Lax/)
  expect(await learner.request('GET', '/api/sessions')).toMatchObject({ status: 200, body: [] })
})

test('nobody at all', async () => {
  await using server = await openTestApp()
  const nobody = createLearner(server.url)
  expectRefusal(await nobody.request('GET', '/api/sessions/0123456789abcdef'), 'UNAUTHENTICATED')
  await expect(openSocket(nobody, '/api/sessions/0123456789abcdef/events')).rejects.toThrow('401')
})

describe('frames', () => {
  const frames: [string, string | Buffer, number][] = [
    ['no JSON', '{', 4400],
    ['JSON of no known type', '{"type":"run","command":"id"}', 4400],
    ['a field too many', '{"type":"ping","x":1}', 4400],
    ['an impossible size', '{"type":"resize","cols":100000,"rows":1}', 4400],
    ['a negative acknowledgement', '{"type":"ack","offset":-1}', 4400],
    ['a number that is none', '{"type":"ack","offset":1e400}', 4400],
    ['JSON that is too long', JSON.stringify({ type: 'ping', pad: 'x'.repeat(5000) }), 4413],
    ['too many bytes', Buffer.alloc(maxInputFrame + 1), 4413],
    ['far too many bytes', Buffer.alloc(2_000_000), 1009],
  ]
  test.each(frames)('on a terminal: %s', async (_what, frame, code) => {
    await using server = await openTestApp()
    const learner = createLearner(server.url)
    const { id } = await learner.start(lab)
    const terminal = await learner.terminal(id)
    terminal.socket.on('error', () => undefined)
    terminal.socket.send(frame)
    expect(await terminal.closed).toBe(code)
    // The shell is as it was.
    const again = await learner.terminal(id)
    await again.waitFor('# ')
  })

  test('on the events socket', async () => {
    await using server = await openTestApp()
    const learner = createLearner(server.url)
    const { id } = await learner.start(lab)
    for (const [frame, code] of [
      ['{"type":"pong"}', 4400],
      [Buffer.from('x'), 4400],
      ['"', 4400],
    ] as const) {
      const socket = await openSocket(learner, `/api/sessions/${id}/events`)
      const closed = new Promise((resolve) => socket.on('close', resolve))
      socket.send(frame)
      expect(await closed).toBe(code)
    }
  })

  test('impossible queries of a terminal are refused before the upgrade', async () => {
    await using server = await openTestApp()
    const learner = createLearner(server.url)
    const { id } = await learner.start(lab)
    for (const query of ['since=-1', 'since=x', 'since=1e99', 'cols=0', 'rows=99999', 'since=1&since=2'])
      await expect(openSocket(learner, `/api/sessions/${id}/terminals/main?${query}`)).rejects.toThrow('400')
  })
})
