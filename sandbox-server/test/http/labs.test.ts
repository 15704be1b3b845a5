/** Which labs can start, whether the server is healthy, and that nothing of a check or solution is in what the browser gets. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fail, type CheckContext } from '@drydock/kit'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { labView } from '../../src/contract/labs.ts'
import { FakeEngine } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createLab, createSampleLab } from '../test-labs.ts'

test('a lab whose images are missing waits for them; the first one decides about health', async () => {
  const later = createLab('layers/later', { images: ['redis:7'] }, {})
  await using server = await openTestApp({ labs: [createSampleLab(), later] })
  const learner = createLearner(server.url)
  const available = async () => (await learner.labs()).map((lab) => lab.available.state)
  expect(await available()).toEqual(['ready', 'building'])
  expect((await learner.request('GET', '/api/health')).status).toBe(200)
  expect(await learner.request('POST', '/api/sessions', { lab: 'layers/later' })).toMatchObject({
    status: 503,
    body: { error: { code: 'LAB_NOT_BUILT', message: 'Still being built: redis:7.' } },
  })
  server.engine.images.clear()
  server.travel(2000)
  expect(await available()).toEqual(['building', 'building'])
  expect(await learner.request('GET', '/api/health')).toMatchObject({
    status: 503,
    body: { error: { code: 'LAB_NOT_BUILT' } },
  })
})

test('a lab that this host cannot run says why; when none can, the server is not healthy', async () => {
  const picky = createLab('layers/picky', { needs: ['ipvs'], images: [] }, {})
  await using server = await openTestApp({ labs: [picky] })
  const learner = createLearner(server.url)
  expect((await learner.labs())[0]?.available.state).toBe('ready')
  const row = { name: 'ipvs', value: 'not in this kernel', ok: false, without: 'virtual IPs do not work' }
  await writeFile(path.join(server.state, 'capabilities.json'), JSON.stringify({ capabilities: [row] }))
  const reason = 'This host has no ipvs (not in this kernel): virtual IPs do not work'
  expect((await learner.labs())[0]?.available).toEqual({ state: 'unsupported', reason })
  expect(await learner.request('POST', '/api/sessions', { lab: 'layers/picky' })).toMatchObject({
    status: 503,
    body: { error: { code: 'LAB_UNSUPPORTED', message: reason, retry: false } },
  })
  expect(await learner.request('GET', '/api/health')).toMatchObject({
    status: 503,
    body: { error: { code: 'LAB_UNSUPPORTED' } },
  })
})

test('a capability file that is broken does not take labs away', async () => {
  await using server = await openTestApp({ labs: [createLab('layers/picky', { needs: ['ipvs'] }, {})] })
  await writeFile(path.join(server.state, 'capabilities.json'), '{"capabilities":')
  expect((await createLearner(server.url).labs())[0]?.available.state).toBe('ready')
})

test('what a browser gets of a lab has no hint, solution or check in it', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const all = await learner.request('GET', '/api/labs')
  const one = labView.parse((await learner.request('GET', '/api/labs/layers/sample')).body)
  expect(one.tasks.map((task) => [task.id, task.hints])).toEqual([
    ['build', 2],
    ['runs', 2],
    ['rebuild', 2],
    ['calm', 2],
  ])
  const session = await learner.start('layers/sample')
  for (const text of [JSON.stringify(all.body), JSON.stringify(one), JSON.stringify(session)])
    expect(text).not.toMatch(/Look around|Do it\.|docker build|nowhere|has to be built/)
  expect((await learner.request('GET', `/api/sessions/${session.id}/tasks/build/solution`)).body).toEqual({
    script: 'docker build .',
    why: 'It has to be built.',
  })
})

test('what varies by learner is left open without a session, and filled in for this one alone', async () => {
  const hints = [{ id: 'look', text: 'Port {{port}}.' }]
  const shape = {
    kind: 'incident' as const,
    values: { port: { one_of: [8081, 9090] }, token: { hex: 12 } },
    pager: 'Nobody answers on port {{port}} any more.',
    debrief: Object.fromEntries(
      ['cause', 'fix', 'prevention', 'early'].map((part) => [part, `The ${part} has to do with {{port}}.`]),
    ) as Record<'cause' | 'fix' | 'prevention' | 'early', string>,
    tasks: [
      { id: 'a', goal: 'Answer on {{port}}.', hints },
      { id: 'plain', goal: 'Do it.' },
    ],
  }
  const seen: string[] = []
  const checks = { a: async ({ values }: CheckContext) => fail({ expected: values['port'] ?? '', observed: '' }) }
  const solution = [{ task: 'a', node: 'node1', script: 'serve $LAB_PORT', why: 'It is {{port}}.' }]
  const lab = { ...createLab('layers/varied', shape, checks), setup: 'serve', solution }
  const engine = new FakeEngine()
  engine.onNode = (node) => {
    node.onExec = (argv, options) => {
      if (argv[4] === 'serve') seen.push(options.stdin ?? '')
      return { code: 0, stdout: '', stderr: '', truncated: false }
    }
  }
  await using server = await openTestApp({ labs: [lab], engine })
  const learner = createLearner(server.url)
  const outline = (await learner.labs())[0]
  expect(outline?.tasks[0]?.goal).toBe('Answer on ….')
  expect(outline?.pager).toBe('Nobody answers on port … any more.')
  const session = await learner.start('layers/varied')
  const port = /^Answer on (8081|9090)\.$/.exec(session.texts['a']?.goal ?? '')?.[1]
  expect(session.texts).toEqual({ a: { goal: `Answer on ${port}.`, acts: null } })
  expect(session.pager).toBe(`Nobody answers on port ${port} any more.`)
  const ask = (what: string, method = 'GET') => learner.request(method, `/api/sessions/${session.id}/tasks/a/${what}`)
  expect((await ask('hints', 'POST')).body).toMatchObject({ shown: [{ text: `Port ${port}.` }] })
  expect((await ask('solution')).body).toEqual({ script: `serve ${port}`, why: `It is ${port}.` })
  const { outcome } = await learner.task(session.id, 'a', (t) => t.outcome !== null)
  expect(outcome).toMatchObject({ expected: port })
  expect(seen[0]).toContain(`export LAB_PORT='${port}'\n`)
})

test('the OpenAPI document describes every route', async () => {
  await using server = await openTestApp()
  const { body } = await createLearner(server.url).request<{ paths: Record<string, object> }>(
    'GET',
    '/api/openapi.json',
  )
  expect(Object.keys(body.paths)).toEqual([
    '/api/health',
    '/api/labs',
    '/api/labs/{topic}/{lab}',
    '/api/progress',
    '/api/progress/record',
    '/api/sessions',
    '/api/sessions/{id}',
    '/api/sessions/{id}/extend',
    '/api/sessions/{id}/reset',
    '/api/sessions/{id}/continue',
    '/api/sessions/{id}/debrief',
    '/api/sessions/{id}/terminals',
    '/api/sessions/{id}/terminals/{terminal}',
    '/api/sessions/{id}/terminals/{terminal}/restart',
    '/api/sessions/{id}/tasks/{task}/check',
    '/api/sessions/{id}/tasks/{task}/hints',
    '/api/sessions/{id}/tasks/{task}/solution',
    '/api/sessions/{id}/previews',
    '/api/sessions/{id}/nodes/{node}/files',
    '/api/sessions/{id}/nodes/{node}/files/text',
    '/api/sessions/{id}/nodes/{node}/files/folder',
    '/api/sessions/{id}/nodes/{node}/files/move',
    '/api/sessions/{id}/nodes/{node}/files/restore',
    '/api/sessions/{id}/nodes/{node}/files/download',
    '/api/sessions/{id}/nodes/{node}/containers/{container}/inside',
    '/api/access',
    '/api/learner',
    '/api/learner/export',
    '/api/learner/import',
    '/api/learner/kept/{session}',
    '/api/learner/code',
    '/api/learner/join/look',
    '/api/learner/join',
    '/api/learner/leave-elsewhere',
    '/api/learner/leave',
    '/api/sign-in',
    '/api/sign-in/done',
    '/api/quizzes/{topic}/{lesson}',
    '/api/quizzes/{topic}/{lesson}/{question}/answers',
    '/api/quizzes/{topic}/{lesson}/{question}/points',
    '/api/practice',
    '/api/practice/next',
    '/api/practice/answers',
    '/api/practice/points',
    '/api/practice/collect',
    '/api/interviews',
    '/api/interviews/{id}',
    '/api/interviews/{id}/answers',
    '/api/interviews/{id}/points',
    '/api/interviews/{id}/live',
    '/api/interviews/{id}/end',
    '/api/interviews/{id}/report',
    '/api/teach',
    '/api/teach/with',
    '/api/workshops',
    '/api/workshops/{id}',
    '/api/workshops/{id}/state',
    '/api/workshops/{id}/extend',
    '/api/workshops/{id}/code',
    '/api/workshops/{id}/invite',
    '/api/join/look',
    '/api/join',
    '/api/workshops/mine',
    '/api/workshops/{id}/mine',
    '/api/workshops/{id}/quiz/answers',
    '/api/workshops/{id}/wall',
    '/api/workshops/{id}/log',
    '/api/workshops/{id}/report',
    '/api/workshops/{id}/report.csv',
    '/api/workshops/{id}/rehearsal',
    '/api/workshops/{id}/broadcast',
    '/api/workshops/{id}/follow',
    '/api/workshops/{id}/locks',
    '/api/workshops/{id}/catch-up',
    '/api/workshops/{id}/members/admit',
    '/api/workshops/{id}/members/{member}/admit',
    '/api/workshops/{id}/members/{member}',
    '/api/workshops/{id}/members/{member}/hint',
    '/api/workshops/{id}/members/{member}/highlight',
    '/api/workshops/{id}/members/{member}/file',
    '/api/workshops/{id}/members/{member}/typing',
    '/api/workshops/{id}/quiz',
    '/api/operator/sessions',
    '/api/operator/end',
    '/api/operator/maintenance',
    '/api/operator/instructor',
    '/metrics',
    '/api/sessions/{id}/nodes/{node}/files/upload',
  ])
  expect(JSON.stringify(body)).toContain('SESSION_LIMIT')
})
