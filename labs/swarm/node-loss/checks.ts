/** A node dies: the power of a node is cut, and the others are asked what is left. */
import {
  fail,
  membership,
  pass,
  request,
  runningTasks,
  service,
  serviceTasks,
  startNode,
  stopNode,
  swarmNodes,
} from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

/** What a task of `tides` tells on this node's port, and which one it was. */
async function ask(from: Node, name: string, port: string | undefined): Promise<string | undefined> {
  const answer = await request(from, `http://${name}:${port}/`, { timeout_ms: 4000 })
  return /told by ([0-9a-f]{12})/.exec(answer.body)?.[1]
}

const serve: Check = async ({ node1, nodes, values }) => {
  const expected = `a task of \`tides\` answering on port ${values.port} of a node`
  const tasks = await runningTasks(node1, 'tides')
  const told = (await Promise.all(nodes.map((node) => ask(node1, node.name, values.port)))).filter(Boolean)
  if (told.some((id) => tasks.some((task) => task.containerId.startsWith(id!)))) return pass('`tides` answers')
  const members = await swarmNodes(node1)
  const ready = members.filter((node) => node.state === 'ready')
  const seen = members.map((node) => `${node.name} is ${node.state} and ${node.availability}`).join(', ')
  if (told.length > 0 || tasks.length > 0) {
    const observed = `${tasks.length} tasks of \`tides\` run, and none of them is heard`
    return fail({ expected, observed, hint: 'front' })
  }
  const touched = (await service(node1, 'tides'))?.replicas !== 2
  const nowhere = ready.every((node) => node.availability !== 'active')
  return fail({ expected, observed: `no task runs; ${seen}`, hint: touched && nowhere ? 'drained' : 'look' })
}

const whole: Check = async ({ node1 }) => {
  const expected = 'node1, node2 and node3 Ready, and the latter two Active'
  const members = await swarmNodes(node1)
  for (const name of ['node2', 'node3']) {
    const member = members.find((node) => node.name === name && node.state === 'ready')
    if (!member) {
      const gone = !members.some((node) => node.name === name)
      const observed = gone ? `${name} is no member any more` : `${name} is down`
      return fail({ expected, observed, hint: gone ? 'removed' : 'engine' })
    }
    if (member.availability !== 'active')
      return fail({ expected, observed: `${name} is in ${member.availability}`, hint: 'drained' })
  }
  return pass('all three are Ready, and both workers take work')
}

/**
 * Names of the nodes with a running task, one for each task. Each node says itself who it is in the swarm: the manager misses one that is off,
 * or left and joined anew, only after a while, and until then counts what ran there.
 */
async function places(manager: Node, nodes: readonly Node[]): Promise<string[]> {
  const [tasks, members, selves] = await Promise.all([
    runningTasks(manager, 'tides'),
    swarmNodes(manager),
    Promise.all(nodes.map(async (node) => (await membership(node)).nodeId)),
  ])
  const here = members.filter((member) => member.state === 'ready' && selves.includes(member.id))
  return tasks.flatMap((task) => here.find((member) => member.id === task.nodeId)?.name ?? [])
}

/** Asks until it is so, at most so many milliseconds. */
async function until(node: Node, ms: number, condition: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + ms
  for (;;) {
    // A swarm between two leaders refuses to answer.
    if (await condition().catch(() => false)) return true
    if (Date.now() > end) return false
    await node.exec(['sleep', '0.5'])
  }
}

/** Whether the manager has missed a node: none of the tasks that are to run is to run there. */
async function isMissed(manager: Node, victim: Node): Promise<boolean> {
  const [tasks, members] = await Promise.all([serviceTasks(manager, 'tides'), swarmNodes(manager)])
  const wanted = tasks.filter((task) => ['ready', 'running'].includes(task.desired))
  return !members.some((m) => m.name === victim.name && wanted.some((task) => task.nodeId === m.id))
}

const survive: Check = async (lab) => {
  const { node1, nodes, values } = lab
  const expected = '`tides` answering while a worker is without power, and two places for it afterwards'
  // It may be asked while the swarm still settles, after a node came back or managers changed.
  await until(node1, 15_000, async () => (await places(node1, nodes)).length > 1)
  const before = await places(node1, nodes)
  if (before.length < 2) return fail({ expected, observed: `${before.length} task of \`tides\` runs`, hint: 'fewer' })
  // A worker where there is one: without one of two managers, the swarm takes no orders, and that is the next task's matter.
  const workers = (await swarmNodes(node1)).filter((n) => n.role === 'worker' && n.state === 'ready').map((n) => n.name)
  const elsewhere = before.filter((name) => name !== 'node1')
  const victim = nodes.find((node) => node.name === (elsewhere.find((name) => workers.includes(name)) ?? elsewhere[0]))
  if (!victim) return fail({ expected, observed: 'all tasks are on node1', hint: 'together' })
  const others = nodes.filter((node) => node !== victim && node !== node1)
  await stopNode(victim)
  const answers: (string | undefined)[] = []
  for (let i = 0; i < 5; i++) for (const other of others) answers.push(await ask(other, other.name, values.port))
  // Back within the seconds in which nobody misses it, it would be given its task again, and one place would look like two.
  await until(node1, 20_000, () => isMissed(node1, victim))
  await startNode(victim)
  // The manager may not have missed it yet: the node itself has to say that it is back, too.
  const back = await until(node1, 40_000, async () => {
    // One that left and joined anew is there twice, and its former self stays Down.
    const ready = (await swarmNodes(node1)).some((node) => node.name === victim.name && node.state === 'ready')
    return ready && (await membership(victim)).state === 'active'
  })
  if (!back) throw new Error(`${victim.name} did not come back into the swarm`)
  const lost = answers.filter((answer) => answer === undefined).length
  const observed = `${lost} of ${answers.length} requests failed while ${victim.name} was off`
  const spread = async () => new Set(await places(node1, nodes)).size > 1
  if (lost > 0) return fail({ expected, observed, hint: 'together' })
  // A task that the swarm has to make anew there takes a while, one that it never makes takes for ever. A node that comes back may
  // ask one that has just gone for what its networks know, and gives up on that after 30 s only (libnetwork's bulk sync).
  if (!(await until(node1, 45_000, spread))) {
    const where = [...new Set(await places(node1, nodes))].join(', ')
    return fail({ expected, observed: `${observed}; since it is back, all tasks are on ${where}`, hint: 'again' })
  }
  return pass(`${observed}, and \`tides\` is in two places again`)
}

const quorum: Check = async (lab) => {
  const expected = 'a manager that takes orders while the leader is without power'
  // It may be asked while a node is on its way back.
  const managers = async () => (await swarmNodes(lab.node1)).filter((node) => node.role === 'manager')
  await until(lab.node1, 10_000, async () => (await managers()).every((node) => node.state === 'ready'))
  const members = await managers()
  const observed = `${members.length} manager${members.length === 1 ? '' : 's'}: ${members.map((n) => n.name).join(', ')}`
  if (members.length < 3) return fail({ expected, observed, hint: members.length === 2 ? 'two' : 'one' })
  const off = members.filter((node) => node.state !== 'ready').map((node) => node.name)
  if (off.length > 0) return fail({ expected, observed: `${observed}; not Ready: ${off.join(', ')}`, hint: 'reach' })
  const leader = lab.nodes.find((node) => members.some((each) => each.leader && each.name === node.name))
  if (!leader) return fail({ expected, observed: `${observed}; none of them leads`, hint: 'reach' })
  const other = lab.nodes.find((node) => node !== leader && members.some((each) => each.name === node.name))
  if (!other) return fail({ expected, observed, hint: 'reach' })
  const answers = (node: Node) => async () =>
    (await node.exec(['docker', 'node', 'ls', '--format', '{{.ManagerStatus}}'], { timeout_ms: 8000 })).stdout.includes(
      'Leader',
    )
  await stopNode(leader)
  const taken = await until(other, 30_000, answers(other))
  await startNode(leader)
  const back = await until(other, 40_000, async () => {
    const { code, stdout } = await leader.exec(['docker', 'node', 'ls', '--format', '{{.Status}} {{.ManagerStatus}}'])
    return (
      code === 0 &&
      stdout
        .trim()
        .split('\n')
        .filter((line) => /^Ready (Leader|Reachable)/.test(line)).length >= 3
    )
  })
  // First: where too few are left, nobody sees three again either.
  if (!taken) return fail({ expected, observed: `${other.name} took no orders without ${leader.name}`, hint: 'reach' })
  if (!back) throw new Error(`${leader.name} did not come back into the swarm`)
  return pass(`${leader.name} was off, and ${other.name} took orders`)
}

export default { serve, whole, survive, quorum } satisfies Checks
