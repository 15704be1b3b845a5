/** Several nodes: they are addressed by name, one that stops comes back, and checks that stop one leave it as it was. */
import { pass, startNode, stopNode } from '@drydock/kit'
import { expect, test } from 'vitest'
import { createLearner } from '../../../tests/harness/learner.ts'
import type { TerminalView } from '../../src/contract/sessions.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp } from '../open-test-app.ts'
import { createLab } from '../test-labs.ts'

const tasks = [
  { id: 'survive', goal: 'Survive.', check: 'acting', acts: 'Stops node2.' },
  { id: 'crash', goal: 'Crash.', check: 'acting' },
  { id: 'peek', goal: 'Look.' },
] as const
const three = () =>
  createLab(
    'swarm/three',
    { nodes: 3, tasks: [...tasks] },
    {
      async survive({ nodes }) {
        const node2 = nodes.find(({ name }) => name === 'node2')!
        await stopNode(node2)
        await startNode(node2)
        return pass('node2 came back')
      },
      async crash({ nodes }) {
        await stopNode(nodes[2]!)
        throw new Error('the check is broken')
      },
      async peek({ nodes }) {
        await stopNode(nodes[1]!)
        return pass()
      },
    },
  )

test('terminals open on the node that is named, and on no other', async () => {
  await using server = await openTestApp({ labs: [three()] })
  const learner = createLearner(server.url)
  const session = await learner.start('swarm/three')
  expect(session.nodes).toEqual(['node1', 'node2', 'node3'])
  const path = `/api/sessions/${session.id}/terminals`
  const { body } = await learner.request<TerminalView>('POST', path, { node: 'node3' })
  expect(body).toMatchObject({ node: 'node3', title: expect.stringContaining('node3') as string })
  const terminal = await learner.terminal(session.id, { terminal: body.id })
  await terminal.waitFor('# ')
  const shells = server.engine.only().nodes.map((node) => node.shells.size)
  expect(shells).toEqual([0, 0, 1])
})

test('an acting check stops and starts a node; what a broken one has stopped is started for it; an observing one may not', async () => {
  await using server = await openTestApp({ labs: [three()] })
  const learner = createLearner(server.url)
  const { id } = await learner.start('swarm/three')
  const [, node2, node3] = server.engine.only().nodes
  const check = (task: string) => learner.request('POST', `/api/sessions/${id}/tasks/${task}/check`)
  await check('survive')
  await learner.task(id, 'survive', (t) => t.done && !t.checking)
  expect(node2?.stopped).toBe(false)
  await check('crash')
  await learner.task(id, 'crash', (t) => t.outcome?.status === 'unavailable' && !t.checking)
  await eventually(() => node3?.powerCuts === 1 && !node3.stopped)
  await learner.task(id, 'peek', (t) => t.outcome?.status === 'unavailable')
  expect(node2?.powerCuts).toBe(1)
})

test('a node that a check had stopped when the server died is started by the next one', async () => {
  await using server = await openTestApp({ labs: [three()] })
  const learner = createLearner(server.url)
  const { id } = await learner.start('swarm/three')
  const node2 = server.engine.only().nodes[1]
  await server.app.close()
  await node2?.stop()
  await server.reopen()
  await eventually(() => !node2?.stopped)
  const events = await learner.events(id)
  await events.find((e) => e.type === 'error' && e.message.includes('A machine of your lab had stopped'))
  expect(server.engine.started).toEqual([id])
})

test('a node that stops by itself comes back in the same session, and the learner is told', async () => {
  await using server = await openTestApp({ labs: [three()] })
  const learner = createLearner(server.url)
  const { id } = await learner.start('swarm/three')
  const events = await learner.events(id)
  server.engine.endNode(id, 'node2')
  await events.find((e) => e.type === 'error' && e.message.includes('was started again'))
  expect(server.engine.only().nodes.map((node) => node.stopped)).toEqual([false, false, false])
  expect(await learner.session(id)).toMatchObject({ id, state: 'ready' })
})
