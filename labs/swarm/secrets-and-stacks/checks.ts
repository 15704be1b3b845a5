/** Stacks, secrets, configs: what the services of the stack are, what stack.yaml says, and what `web` answers with it. */
import { fail, pass, request, runningTasks, service, size, swarmNodes } from '@drydock/kit'
import type { Check, Checks, CheckContext, Node } from '@drydock/kit'

const most = 128 * 1024 * 1024

/** Names of what the swarm keeps of this kind. */
async function names(node: Node, kind: 'secrets' | 'configs'): Promise<string[]> {
  const listed = (await node.get(`/${kind}`)) as { Spec?: { Name?: unknown } }[]
  return listed.map((each) => String(each.Spec?.Name))
}

const secret: Check = async ({ node1 }) => {
  const expected = 'a secret `store_password` in the swarm'
  if ((await names(node1, 'secrets')).includes('store_password')) return pass('there is a secret `store_password`')
  const asConfig = (await names(node1, 'configs')).includes('store_password')
  const observed = asConfig ? 'a config of that name, and no secret' : 'there is none'
  return fail({ expected, observed, hint: asConfig ? 'config' : 'create' })
}

/** What `web` says on a node that has a task of it. */
async function answerOf({ node1, values }: CheckContext) {
  const [tasks, members] = await Promise.all([runningTasks(node1, 'counter_web'), swarmNodes(node1)])
  const name = members.find((member) => tasks.some((task) => task.nodeId === member.id))?.name ?? 'node1'
  return request(node1, `http://${name}:${values.port}/`)
}

const stack: Check = async (lab) => {
  const { node1, values } = lab
  const expected = `the stack \`counter\`, with \`web\` on port ${values.port} and the password in no service`
  const [web, store] = await Promise.all([service(node1, 'counter_web'), service(node1, 'counter_store')])
  if (web?.labels['com.docker.stack.namespace'] !== 'counter' || !store)
    return fail({ expected, observed: `there is no ${web ? 'counter_store' : 'counter_web'} of a stack`, hint: 'file' })
  const specs = JSON.stringify(await node1.get('/services'))
  if ([values.password, values.fresh].some((word) => word !== undefined && specs.includes(word)))
    return fail({ expected, observed: 'a service has the password in its settings', hint: 'visible' })
  if (!web.published.some((port) => port.mode === 'host' && port.host === Number(values.port)))
    return fail({ expected, observed: `\`web\` has no port ${values.port} of its node`, hint: 'port' })
  if (web.configs.length === 0) return fail({ expected, observed: '`web` has no config', hint: 'mounted' })
  const answer = await answerOf(lab)
  const observed = answer.body.trim() || answer.problem
  if (/WRONGPASS|invalid/i.test(observed)) return fail({ expected, observed, hint: 'newline' })
  if (!/^visits: \d+$/.test(observed)) return fail({ expected, observed, hint: 'file' })
  if (store.secrets.length === 0) return fail({ expected, observed: '`store` has no secret', hint: 'visible' })
  return pass(observed)
}

interface Described {
  secrets?: { source?: string }[]
  deploy?: {
    placement?: { constraints?: string[] }
    resources?: { limits?: { memory?: string | number } }
  }
}

/** The services that stack.yaml describes; empty when it cannot be read. */
async function described(node: Node): Promise<Record<string, Described>> {
  const ran = await node.exec(['docker', 'compose', '-f', 'stack.yaml', 'config', '--format', 'json'])
  if (ran.code !== 0) return {}
  return (JSON.parse(ran.stdout) as { services?: Record<string, Described> }).services ?? {}
}

const onSsd = (constraints: readonly string[] = []) =>
  constraints.some((each) => each.replaceAll(/\s/g, '') === 'node.labels.disk==ssd')

const placed: Check = async ({ node1 }) => {
  const expected = '`store` on node2, because it has the label disk=ssd'
  const [store, members, file] = await Promise.all([
    service(node1, 'counter_store'),
    swarmNodes(node1),
    described(node1),
  ])
  const constraints = store?.constraints ?? []
  const observed = `the constraints of \`store\`: ${constraints.join(', ') || 'none'}`
  if (!onSsd(constraints)) {
    if (constraints.some((each) => each.startsWith('node.labels'))) return fail({ expected, observed, hint: 'nowhere' })
    return fail({ expected, observed, hint: constraints.length > 0 ? 'hostname' : 'label' })
  }
  const node2 = members.find((member) => member.name === 'node2')
  if (node2?.labels.disk !== 'ssd') return fail({ expected, observed: 'node2 has no such label', hint: 'nowhere' })
  if (!onSsd(file.store?.deploy?.placement?.constraints))
    return fail({ expected, observed: 'stack.yaml does not say so', hint: 'by-hand' })
  const there = (await runningTasks(node1, 'counter_store')).map((task) => task.nodeId)
  if (!there.includes(node2.id)) return fail({ expected, observed: '`store` does not run on node2', hint: 'nowhere' })
  return pass('`store` runs on node2, and stack.yaml says why')
}

const limits: Check = async ({ node1 }) => {
  const expected = `at most ${size(most)} for \`web\` and \`store\`, in stack.yaml and at work`
  const file = await described(node1)
  for (const name of ['web', 'store']) {
    const now = (await service(node1, `counter_${name}`))?.memory ?? 0
    const wanted = Number(file[name]?.deploy?.resources?.limits?.memory ?? 0)
    const working = now > 0 && now <= most
    if (!(wanted > 0 && wanted <= most)) {
      const observed = working ? `\`${name}\` has a limit, and stack.yaml does not say so` : `\`${name}\` has none`
      return fail({ expected, observed, hint: working ? 'by-hand' : 'memory' })
    }
    if (!working) return fail({ expected, observed: `\`${name}\` was deployed before`, hint: 'command' })
  }
  return pass('both have a limit')
}

const rotate: Check = async (lab) => {
  const { node1 } = lab
  const expected = 'both services with `store_password_2`, and no `store_password` in the swarm'
  const kept = await names(node1, 'secrets')
  const file = await described(node1)
  for (const name of ['web', 'store']) {
    const used = (await service(node1, `counter_${name}`))?.secrets.map((each) => each.name) ?? []
    const observed = `\`${name}\` uses ${used.join(', ') || 'none'}`
    if (!used.includes('store_password_2') || used.includes('store_password'))
      return fail({ expected, observed, hint: 'new' })
    if (!JSON.stringify(file[name]?.secrets ?? []).includes('store_password'))
      return fail({ expected, observed: `${observed}, and stack.yaml none`, hint: 'command' })
  }
  const answer = await answerOf(lab)
  const observed = answer.body.trim() || answer.problem
  if (!/^visits: \d+$/.test(observed)) return fail({ expected, observed, hint: 'place' })
  if (kept.includes('store_password')) return fail({ expected, observed: 'the old one is still there', hint: 'old' })
  return pass(`both use the new one: ${observed}`)
}

export default { secret, stack, placed, limits, rotate } satisfies Checks
