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

/** Name of a config in which one of these words can be read. */
async function configWith(node: Node, words: string[]): Promise<string | undefined> {
  const all = await names(node, 'configs')
  const show = (name: string) => node.exec(['docker', 'config', 'inspect', '-f', '{{printf "%s" .Spec.Data}}', name])
  const shown = await Promise.all(all.map(show))
  return all.find((_, i) => words.some((word) => shown[i]?.stdout.includes(word)))
}

/** Which of these passwords the store itself takes, asked in its container. */
async function taken({ node1, nodes }: CheckContext, words: string[]): Promise<string[]> {
  const [tasks, members] = await Promise.all([runningTasks(node1, 'counter_store'), swarmNodes(node1)])
  const task = tasks.at(-1)
  const node = nodes.find(({ name }) => members.some((each) => each.id === task?.nodeId && each.name === name))
  if (!task || !node) return []
  const ask = async (word: string) => {
    const ran = await node.exec([
      'docker',
      'exec',
      '-e',
      `REDISCLI_AUTH=${word}`,
      task.containerId,
      'redis-cli',
      'ping',
    ])
    return ran.stdout.trim() === 'PONG'
  }
  const answers = await Promise.all(words.map(ask))
  return words.filter((_, i) => answers[i])
}

/** What `web` says on a node that has a task of it. */
async function answerOf({ node1, values }: CheckContext) {
  const [tasks, members] = await Promise.all([runningTasks(node1, 'counter_web'), swarmNodes(node1)])
  const name = members.find((member) => tasks.some((task) => task.nodeId === member.id))?.name ?? 'node1'
  return request(node1, `http://${name}:${values.port}/`)
}

const stack: Check = async (lab) => {
  const { node1, values } = lab
  const expected = `the stack \`counter\`, with \`web\` on port ${values.port} and the password in no service and no config`
  const [web, store] = await Promise.all([service(node1, 'counter_web'), service(node1, 'counter_store')])
  if (web?.labels['com.docker.stack.namespace'] !== 'counter' || !store)
    return fail({ expected, observed: `there is no ${web ? 'counter_store' : 'counter_web'} of a stack`, hint: 'file' })
  const specs = JSON.stringify(await node1.get('/services'))
  const passwords = [values.password!, values.fresh!]
  if (passwords.some((word) => specs.includes(word)))
    return fail({ expected, observed: 'a service has the password in its settings', hint: 'visible' })
  if (!web.published.some((port) => port.mode === 'host' && port.host === Number(values.port)))
    return fail({ expected, observed: `\`web\` has no port ${values.port} of its node`, hint: 'port' })
  const open = await configWith(node1, passwords)
  if (open) return fail({ expected, observed: `the config \`${open}\` has the password in it`, hint: 'open' })
  if (web.configs.length === 0) return fail({ expected, observed: '`web` has no config', hint: 'mounted' })
  const answer = await answerOf(lab)
  const observed = answer.body.trim() || answer.problem
  if (/WRONGPASS|invalid/i.test(observed)) return fail({ expected, observed, hint: 'newline' })
  if (!/^visits: \d+$/.test(observed))
    return store.endpointMode === 'dnsrr'
      ? fail({ expected, observed, hint: 'file' })
      : fail({
          expected,
          observed: `${observed}; the endpoint mode of \`store\` is ${store.endpointMode}`,
          hint: 'port',
        })
  for (const [name, { secrets }] of Object.entries({ web, store }))
    if (secrets.length === 0) return fail({ expected, observed: `\`${name}\` has no secret`, hint: 'visible' })
  if ((await taken(lab, passwords)).length === 0)
    return fail({ expected, observed: '`store` has another password than the task names', hint: 'another' })
  return pass(observed)
}

interface Described {
  secrets?: { source?: string }[]
  deploy?: {
    placement?: { constraints?: string[] }
    resources?: { limits?: { memory?: string | number } }
  }
}

interface StackFile {
  services?: Record<string, Described>
  secrets?: Record<string, { name?: string }>
}

/** What stack.yaml describes; empty when it cannot be read. */
async function described(node: Node): Promise<StackFile> {
  const ran = await node.exec(['docker', 'compose', '-f', 'stack.yaml', 'config', '--format', 'json'])
  return ran.code === 0 ? (JSON.parse(ran.stdout) as StackFile) : {}
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
    return fail({
      expected,
      observed,
      hint: constraints.some((each) => /^node\.(hostname|id|ip)\b/.test(each)) ? 'hostname' : 'label',
    })
  }
  const node2 = members.find((member) => member.name === 'node2')
  if (node2?.labels.disk !== 'ssd') return fail({ expected, observed: 'node2 has no such label', hint: 'nowhere' })
  if (!onSsd(file.services?.store?.deploy?.placement?.constraints))
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
    const wanted = Number(file.services?.[name]?.deploy?.resources?.limits?.memory ?? 0)
    const working = now > 0 && now <= most
    if (!(wanted > 0 && wanted <= most)) {
      const much = now > 0 ? `\`${name}\` may use ${size(now)}` : `\`${name}\` has no limit`
      const observed = working ? `\`${name}\` has a limit, and stack.yaml does not say so` : much
      return fail({ expected, observed, hint: working ? 'by-hand' : 'memory' })
    }
    if (!working) return fail({ expected, observed: `\`${name}\` was deployed before`, hint: 'command' })
  }
  return pass('both have a limit')
}

const rotate: Check = async (lab) => {
  const { node1, values } = lab
  const expected = 'both services with `store_password_2`, and no `store_password` in the swarm'
  const kept = await names(node1, 'secrets')
  const file = await described(node1)
  for (const name of ['web', 'store']) {
    const used = (await service(node1, `counter_${name}`))?.secrets.map((each) => each.name) ?? []
    const observed = `\`${name}\` uses ${used.join(', ') || 'none'}`
    if (!used.includes('store_password_2') || used.includes('store_password'))
      return fail({ expected, observed, hint: 'new' })
    const written = (file.services?.[name]?.secrets ?? []).map(
      ({ source = '' }) => file.secrets?.[source]?.name ?? source,
    )
    if (!written.includes('store_password_2') || written.includes('store_password')) {
      const says = `stack.yaml says ${written.join(', ') || 'none'}`
      return fail({ expected, observed: `${observed}, and ${says}`, hint: 'by-hand' })
    }
  }
  const answer = await answerOf(lab)
  const observed = answer.body.trim() || answer.problem
  if (!/^visits: \d+$/.test(observed))
    return fail({ expected, observed, hint: /WRONGPASS|invalid/i.test(observed) ? 'word' : 'place' })
  const passwords = await taken(lab, [values.password!, values.fresh!])
  if (passwords.length !== 1 || passwords[0] !== values.fresh) {
    const which = passwords.includes(values.password!) ? 'still takes the old' : 'does not take the new'
    return fail({ expected, observed: `\`store\` ${which} password`, hint: 'word' })
  }
  if (kept.includes('store_password')) return fail({ expected, observed: 'the old one is still there', hint: 'old' })
  return pass(`both use the new one: ${observed}`)
}

export default { secret, stack, placed, limits, rotate } satisfies Checks
