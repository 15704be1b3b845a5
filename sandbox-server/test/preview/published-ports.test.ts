/** The ports that containers publish: told to the page, and opened before the program behind them listens. */
import { expect, test } from 'vitest'
import { eventually } from '../fake-runtime.ts'
import { openLab } from './open-lab.ts'

test('published ports appear in the session, whatever else the node says', async () => {
  await using lab = await openLab()
  const node = lab.server.engine.node(lab.id)
  node.answers.set('/containers/json', [
    {
      Names: ['/web'],
      Ports: [
        { PublicPort: 8080, PrivatePort: 80, Type: 'tcp' },
        { PublicPort: 53, Type: 'udp' },
      ],
    },
    {
      Names: ['/odd\n\u001b[31m'],
      Ports: [{ PublicPort: 99_999, Type: 'tcp' }, { PublicPort: 81, Type: 'tcp' }, null, 'x'],
    },
    null,
  ])
  node.emit({ Type: 'container', Action: 'start', Actor: { Attributes: { name: 'web' } } })
  const ports = await eventually(async () => {
    const session = await lab.learner.session(lab.id)
    return session.ports.length > 0 && session.ports
  })
  expect(ports).toEqual([
    { node: 'node1', port: 81, container: 'odd??[31m', since: expect.any(Number) as number },
    { node: 'node1', port: 8080, container: 'web', since: expect.any(Number) as number },
  ])
  node.answers.set(
    '/containers/json',
    Array.from({ length: 500 }, (_, i) => ({ Ports: [{ PublicPort: i + 1, Type: 'tcp' }] })),
  )
  node.emit({ Type: 'container', Action: 'start', Actor: { Attributes: { name: 'x' } } })
  await eventually(async () => (await lab.learner.session(lab.id)).ports.length === 40)
})

/** Its container has just started, and what is in it does not listen yet. */
async function publish() {
  const lab = await openLab()
  const node = lab.server.engine.node(lab.id)
  const cookie = await lab.enter(await lab.link())
  const listening = node.services.get(8080) ?? 0
  node.services.delete(8080)
  node.answers.set('/containers/json', [{ Names: ['/web'], Ports: [{ PublicPort: 8080, Type: 'tcp' }] }])
  node.emit({ Type: 'container', Action: 'start', Actor: { Attributes: { name: 'web' } } })
  await eventually(async () => (await lab.learner.session(lab.id)).ports.length === 1)
  let dialed = 0
  const dial = node.dial.bind(node)
  node.dial = (port) => {
    dialed++
    return dial(port)
  }
  return {
    lab,
    visit: (method = 'GET') => lab.get('/', { cookie }, { method }),
    dialed: () => dialed,
    listen: () => node.services.set(8080, listening),
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  }
}

test('who opens a port that was just published gets the page as soon as it is there', async () => {
  await using web = await publish()
  const visit = web.visit()
  await eventually(() => web.dialed() === 2)
  web.listen()
  expect(await visit).toMatchObject({ status: 200, body: 'hello' })
  expect(web.lab.seen).toHaveLength(1)
})

test('what sends something is sent once, and a port that was published a while ago has had its time', async () => {
  await using web = await publish()
  expect((await web.visit('POST')).status).toBe(502)
  expect(web.dialed()).toBe(1)
  web.lab.server.travel(10_000)
  expect((await web.visit()).body).toContain('Nothing answers on port 8080')
  expect(web.dialed()).toBe(2)
})
