/** From one host to three: what the swarm says of its nodes and of a service, and what each node really runs. */
import {
  containers,
  fail,
  membership,
  pass,
  request,
  runningTasks,
  service,
  serviceTasks,
  swarmNodes,
} from '@drydock/kit'
import type { Check, Checks } from '@drydock/kit'

const swarm: Check = async ({ node1 }) => {
  const expected = 'node1 as a manager of a swarm'
  const { state, manager } = await membership(node1)
  if (manager) return pass('node1 is a manager')
  if (state === 'active') return fail({ expected, observed: 'node1 is a worker', hint: 'worker' })
  return fail({ expected, observed: 'node1 is in no swarm', hint: 'init' })
}

const workers: Check = async ({ node1, nodes }) => {
  const expected = 'node2 and node3 in the swarm of node1, as workers'
  const members = await swarmNodes(node1)
  for (const node of nodes.slice(1)) {
    const { state, nodeId } = await membership(node)
    if (state !== 'active') return fail({ expected, observed: `${node.name} is in no swarm`, hint: 'join' })
    const member = members.find((each) => each.id === nodeId)
    if (!member) return fail({ expected, observed: `${node.name} is in another swarm`, hint: 'other' })
    if (member.role === 'manager') return fail({ expected, observed: `${node.name} is a manager`, hint: 'manager' })
    if (member.state !== 'ready') return fail({ expected, observed: `${node.name} is ${member.state}`, hint: 'down' })
  }
  return pass('node2 and node3 are workers, and ready')
}

const web: Check = async ({ node1, nodes, values }) => {
  const port = Number(values.port)
  const expected = `a service \`web\` with two tasks or more, in \`harbour\`, by dnsrr, on port ${port} of the nodes`
  const found = await service(node1, 'web')
  if (!found) {
    const alone = (await containers(node1)).some(({ name }) => name === 'web')
    const observed = alone ? 'a container `web` on node1, and no service' : 'there is no service `web`'
    return fail({ expected, observed, hint: alone ? 'container' : 'network' })
  }
  if (!/^nginx:1\.26/.test(found.image))
    return fail({ expected, observed: `\`web\` is of ${found.image}`, hint: 'command' })
  const published = found.published.find(({ host }) => host === port)
  if (published?.mode === 'ingress')
    return fail({ expected, observed: `port ${port} is published through the mesh`, hint: 'mesh' })
  if (published && published.port !== 80) {
    const observed = `port ${port} leads to port ${published.port} of the container`
    return fail({ expected, observed, hint: 'target' })
  }
  if (!published && found.published.some((each) => each.port === port))
    return fail({ expected, observed: `${port} is the port of the container`, hint: 'target' })
  if (!published) return fail({ expected, observed: `\`web\` publishes no port ${port}`, hint: 'command' })
  const harbour = ((await node1.get('/networks')) as { Id: string; Name: string; Driver: string }[]).find(
    ({ Name, Driver }) => Name === 'harbour' && Driver === 'overlay',
  )
  if (!harbour) return fail({ expected, observed: 'there is no overlay network `harbour`', hint: 'network' })
  if (!found.networks.includes(harbour.Id) || found.endpointMode !== 'dnsrr')
    return fail({ expected, observed: `\`web\` is not in \`harbour\` by dnsrr`, hint: 'detached' })
  if (found.replicas !== null && found.replicas < 2)
    return fail({ expected, observed: `${found.replicas} wanted`, hint: 'command' })
  const running = await runningTasks(node1, 'web')
  if (running.length < 2) return fail({ expected, observed: `${running.length} tasks run`, hint: 'tasks' })
  const there = await hosts(nodes, running)
  for (const name of there) {
    const answer = await request(node1, `http://${name}:${port}/`)
    if (answer.status !== 200)
      return fail({ expected, observed: `port ${port} of ${name}: ${answer.problem || answer.status}`, hint: 'tasks' })
  }
  return pass(`\`web\` answers on port ${port} of ${there.join(', ')}`)
}

/** Names of the nodes on whose engines the containers of these tasks are. */
async function hosts(nodes: Parameters<Check>[0]['nodes'], tasks: Awaited<ReturnType<typeof runningTasks>>) {
  const ids = new Set(tasks.map((task) => task.containerId))
  const each = await Promise.all(
    nodes.map(async (node) => ((await containers(node)).some((c) => ids.has(c.id)) ? [node.name] : [])),
  )
  return each.flat()
}

const scale: Check = async ({ node1, nodes }) => {
  const expected = 'three tasks of `web`, one on each node'
  const found = await service(node1, 'web')
  const running = await runningTasks(node1, 'web')
  const there = await hosts(nodes, running)
  const observed = `${found?.replicas ?? 'none'} wanted, running on ${there.join(', ') || 'no node'}`
  if (found?.replicas !== null && (found?.replicas ?? 0) > 3) return fail({ expected, observed, hint: 'pending' })
  if (there.length === 3) return pass('a task of `web` on each of the three nodes')
  const loose = await Promise.all(
    nodes.map(async (node) =>
      (await containers(node)).filter((c) => c.image.startsWith('nginx') && c.state === 'running'),
    ),
  )
  return fail({ expected, observed, hint: loose.flat().length > running.length ? 'by-hand' : 'more' })
}

const healed: Check = async ({ node1 }) => {
  const expected = 'a task of `web` that ended by itself, and a running one in its place'
  const tasks = await serviceTasks(node1, 'web')
  const ended = tasks.filter((task) => task.state === 'failed' || task.state === 'complete')
  // A global service has no slots: there the place is the node.
  const place = (task: (typeof tasks)[number]) => task.slot || task.nodeId
  const gone = ended.find((task) => tasks.some((t) => place(t) === place(task) && t.created > task.created && up(t)))
  if (gone) return pass(`task web.${place(gone)} ended, and another has taken its place`)
  if (ended.length > 0) return fail({ expected, observed: 'a task has ended, and none is in its place', hint: 'wait' })
  const replaced = tasks.some((task) => task.state === 'shutdown')
  const observed = replaced ? 'a task was replaced because that was ordered' : 'no task has ended'
  return fail({ expected, observed, hint: replaced ? 'wished' : 'kill' })
}

const up = (task: { state: string; desired: string }) => task.state === 'running' && task.desired === 'running'

export default { swarm, workers, service: web, scale, healed } satisfies Checks
