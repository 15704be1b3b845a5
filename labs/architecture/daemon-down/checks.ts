/** The daemon that could not be reached: as whom one asks decides what one hears, so the checks ask as the users themselves. */
import { container, EngineDown, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const short = (text: string) => text.replaceAll(/\s+/g, ' ').trim().slice(0, 220)

const engine: Check = async ({ node1 }) => {
  const expected = 'an Engine that answers at /var/run/docker.sock'
  try {
    const { Version } = (await node1.get('/version')) as { Version?: unknown }
    return pass(`Engine ${String(Version)} answers`)
  } catch (error) {
    if (!(error instanceof EngineDown)) throw error
  }
  const [running, log] = await Promise.all([
    node1.exec(['pgrep', '-x', 'dockerd']),
    node1.exec(['tail', '-n', '3', '/var/log/docker.log']),
  ])
  if (running.code === 0)
    return fail({ expected, observed: '`dockerd` runs, but does not answer there', hint: 'command' })
  const refused = log.stdout
    .split('\n')
    .some((line) => /^(unable to|failed to)|level=fatal|: invalid|don't match/.test(line))
  const observed = refused ? '`dockerd` was started and ended; its log ends with a complaint' : '`dockerd` does not run'
  return fail({ expected, observed, hint: refused ? 'log' : 'status' })
}

const ask = (node: Node, user: string) =>
  node.exec(['su', '-', user, '-c', 'docker version -f "{{.Server.Version}} {{.Client.Context}}"'])

const deploy: Check = async ({ node1 }) => {
  const expected = "an answer of this machine's Engine for the user `deploy`, and no open port for it"
  const [asked, listening] = await Promise.all([ask(node1, 'deploy'), node1.exec(['ss', '-Hltnp'])])
  const open = listening.stdout.split('\n').find((line) => line.includes('"dockerd"'))
  if (open)
    return fail({ expected, observed: `dockerd listens at ${open.trim().split(/\s+/)[3] ?? 'a port'}`, hint: 'tcp' })
  if (asked.code !== 0) return fail({ expected, observed: `as \`deploy\`: ${short(asked.stderr)}`, hint: 'where' })
  return pass(`\`deploy\` was answered by Engine ${asked.stdout.trim().split(' ')[0]}`)
}

const ci: Check = async ({ node1 }) => {
  const expected = '`ci` in the groups `docker` and `builders`, and answered; the socket for root and `docker` alone'
  const [access, listed, asked] = await Promise.all([
    node1.exec(['stat', '-L', '-c', '%U %G %a', '/var/run/docker.sock']),
    node1.exec(['id', '-Gn', 'ci']),
    ask(node1, 'ci'),
  ])
  if (access.stdout.trim() !== 'root docker 660')
    return fail({ expected, observed: `the socket is now: ${access.stdout.trim()}`, hint: 'socket' })
  const groups = listed.stdout.trim().split(/\s+/)
  const named = groups.map((g) => `\`${g}\``).join(', ')
  if (!groups.includes('docker')) return fail({ expected, observed: `\`ci\` is in ${named}`, hint: 'permission' })
  if (!groups.includes('builders') || !groups.includes('ci'))
    return fail({ expected, observed: `\`ci\` is in ${named}`, hint: 'only' })
  if (asked.code !== 0) return fail({ expected, observed: `as \`ci\`: ${short(asked.stderr)}`, hint: 'permission' })
  return pass('`ci` is in `docker` and was answered')
}

async function policy(node: Node, id: string): Promise<string> {
  const answer = (await node.get(`/containers/${id}/json`)) as { HostConfig?: { RestartPolicy?: { Name?: unknown } } }
  const name = answer.HostConfig?.RestartPolicy?.Name
  return typeof name === 'string' ? name : ''
}

const restored: Check = async ({ node1 }) => {
  const expected = '`shop` answering on port 8080, `mailer` running, both with a restart policy that survives a restart'
  for (const name of ['shop', 'mailer']) {
    const found = await container(node1, name)
    if (!found) return fail({ expected, observed: `there is no container \`${name}\``, hint: 'anew' })
    const kept = await policy(node1, found.id)
    if (found.state !== 'running')
      return fail({ expected, observed: `\`${name}\` is ${found.state}, exit code ${found.exitCode}`, hint: 'ended' })
    if (kept !== 'always' && kept !== 'unless-stopped')
      return fail({
        expected,
        observed: `\`${name}\` runs, with the restart policy \`${kept || 'no'}\``,
        hint: 'policy',
      })
  }
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.status !== 200)
    return fail({ expected, observed: `shop: ${answer.problem || `status ${answer.status}`}`, hint: 'port' })
  return pass('`shop` answers, `mailer` runs, and both come back with the daemon')
}

export default { engine, deploy, ci, restored } satisfies Checks
