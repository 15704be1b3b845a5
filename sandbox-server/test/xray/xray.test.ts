/** The X-ray through the API: its owner is told at once and as things change, nobody else sees or asks anything. */
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import { xrayEvent, type XrayEvent } from '../../src/contract/xray.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'

const started = { Type: 'volume', Action: 'create', Actor: { ID: 'data', Attributes: { driver: 'local' } } }

test('what is on the engine, what happened before one looked, and what changes while one does', async () => {
  await using server = await openTestApp()
  const learner = createLearner(server.url)
  const { id } = await learner.start('layers/sample')
  const node = server.engine.node(id)
  let volumes: string[] = []
  node.answers.set('/info', { ServerVersion: '26.1.5' })
  node.answers.set('/volumes', () => ({ Volumes: volumes.map((Name) => ({ Name })) }))
  for (const path of ['/containers/json?all=1&limit=61', '/networks', '/images/json']) node.answers.set(path, [])

  const told: XrayEvent[] = []
  const socket = await openSocket(learner, `/api/sessions/${id}/xray`, (opening) =>
    opening.on('message', (data: Buffer) => told.push(xrayEvent.parse(JSON.parse(data.toString())))),
  )
  const last = () => told.findLast((event) => event.type === 'node')
  await eventually(() => last()?.node.engine === 'up')
  volumes = ['data']
  // Its events are followed a moment after the start.
  const happened = () => told.some((event) => event.type === 'happened' && event.happenings[0]?.name === 'data')
  await eventually(() => (node.emit(started), happened() && last()?.node.volumes.length === 1))

  const later: XrayEvent[] = []
  const second = await openSocket(learner, `/api/sessions/${id}/xray`, (opening) =>
    opening.on('message', (data: Buffer) => later.push(xrayEvent.parse(JSON.parse(data.toString())))),
  )
  await eventually(() => later.length >= 2)
  const [first] = later
  expect(first?.type === 'happened' && first.happenings[0]).toMatchObject({ kind: 'volume', action: 'create' })
  const closed = new Promise((resolve) => socket.on('close', resolve))
  await learner.end(id)
  expect(await closed).toBe(4410)
  second.close()
})

test('only the owner looks, at ids that are ids', async () => {
  await using server = await openTestApp()
  const [owner, stranger] = [createLearner(server.url), createLearner(server.url)]
  const { id } = await owner.start('layers/sample')
  await stranger.labs()
  const inside = (container: string) => `/api/sessions/${id}/nodes/node1/containers/${container}/inside`
  expect((await stranger.request('GET', inside('a'.repeat(12)))).status).toBe(404)
  const socket = await openSocket(stranger, `/api/sessions/${id}/xray`)
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4404)
  expect((await owner.request('GET', inside('a'.repeat(12)))).status).toBe(404)
  for (const bad of ['..%2f..%2finfo', 'web', 'A'.repeat(12), `${'a'.repeat(12)}%3fx=1`])
    expect((await owner.request('GET', inside(bad))).status, bad).toBe(400)
  const nobody = createLearner(server.url)
  await expect(openSocket(nobody, `/api/sessions/${id}/xray`)).rejects.toThrow('401')
})
