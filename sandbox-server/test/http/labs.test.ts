/** Which labs can start, whether the server is healthy, and that nothing of a check or solution is in what the browser gets. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { labView } from '../../src/contract/labs.ts'
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
    '/api/sessions',
    '/api/sessions/{id}',
    '/api/sessions/{id}/extend',
    '/api/sessions/{id}/reset',
    '/api/sessions/{id}/terminals',
    '/api/sessions/{id}/terminals/{terminal}',
    '/api/sessions/{id}/tasks/{task}/check',
    '/api/sessions/{id}/tasks/{task}/hints',
    '/api/sessions/{id}/tasks/{task}/solution',
  ])
  expect(JSON.stringify(body)).toContain('SESSION_LIMIT')
})
