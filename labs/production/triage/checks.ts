/** Four patients: each is well when it does its work, whatever was done to it. */
import { container, containerLogs, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const missing = (name: string) => `there is no container \`${name}\`; \`sh start.sh ${name}\` makes it anew`
const how = (c: Container) =>
  c.state === 'exited'
    ? `\`${c.name}\` has ended with exit code ${c.exitCode}`
    : `\`${c.name}\` is ${c.state}, started ${c.restarts + 1} times`

const ferry: Check = async ({ node1 }) => {
  const expected = '`ferry` up, with an answer at http://localhost:8081'
  const found = await container(node1, 'ferry')
  if (!found) return fail({ expected, observed: missing('ferry'), hint: 'command' })
  const [answer, logs] = await Promise.all([request(node1, 'http://localhost:8081/'), containerLogs(node1, 'ferry', 5)])
  const right = answer.status === 200 && answer.body.includes('17:40')
  const own =
    found.state === 'running' &&
    (found.published.some((p) => p.host === 8081) || (await listening(node1, found.pid)).some((p) => p.port === 8081))
  if (right && own) return pass(`\`ferry\` says "${answer.body.trim()}"`)
  const why = logs?.stderr.trim().split('\n').at(-1) ?? ''
  if (/JSON|KeyError|PermissionError/.test(why))
    return fail({ expected, observed: `${how(found)}: ${why}`, hint: 'content' })
  if (found.state === 'exited' || found.state === 'created')
    return fail({ expected, observed: how(found), hint: 'silenced' })
  if (right) return fail({ expected, observed: `an answer that is not by \`ferry\`; ${how(found)}`, hint: 'command' })
  return fail({
    expected,
    observed: found.state === 'restarting' ? how(found) : answer.problem || answer.body.trim() || how(found),
    hint: 'logs',
  })
}

/** Ports on which something listens in a process's network; `loopback`: on 127.0.0.1 alone. */
async function listening(node: Node, pid: number): Promise<{ port: number; loopback: boolean }[]> {
  const tables = await Promise.all([node.read(`/proc/${pid}/net/tcp`), node.read(`/proc/${pid}/net/tcp6`)])
  return tables.flatMap((table) =>
    [...(table ?? '').matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /gm)].map(([, address, port]) => ({
      port: Number.parseInt(port!, 16),
      loopback: /^(0100007F|0{24}01000000)$/.test(address!),
    })),
  )
}

const desk: Check = async ({ node1 }) => {
  const expected = '`desk`, from the image `desk:1`, answers at http://localhost:8082'
  const found = await container(node1, 'desk')
  if (!found) return fail({ expected, observed: missing('desk'), hint: 'same' })
  if (found.state !== 'running') return fail({ expected, observed: how(found), hint: 'command' })
  const answer = await request(node1, 'http://localhost:8082/')
  const ports = await listening(node1, found.pid)
  const target = found.published.find((p) => p.host === 8082)
  const own = target !== undefined || ports.some((p) => p.port === 8082)
  if (answer.status === 200 && answer.body.includes('The desk is open') && own && /^desk(:|$)/.test(found.image))
    return pass('`desk` says that it is open')
  const seen = ports.map((p) => `${p.loopback ? '127.0.0.1' : '0.0.0.0'}:${p.port}`).join(', ') || 'nowhere'
  const observed =
    answer.status === 200
      ? 'an answer that is not by `desk`'
      : `${answer.problem || `status ${answer.status}`}; it listens at ${seen}`
  if (answer.status === 200 || !own) return fail({ expected, observed, hint: 'same' })
  const there = ports.find((p) => target && `${p.port}/tcp` === target.port)
  if (found.command.join(' ') === '-p 127.0.0.1:8000') return fail({ expected, observed, hint: 'listen' })
  if (there?.loopback || ports.every((p) => p.loopback)) return fail({ expected, observed, hint: 'loopback' })
  return fail({ expected, observed, hint: there ? 'command' : 'port' })
}

const till: Check = async ({ node1 }) => {
  const expected = '`till` prints receipts, and `/spool/today` is still there'
  const found = await container(node1, 'till')
  if (!found) return fail({ expected, observed: missing('till'), hint: 'lost' })
  if (found.state !== 'running') return fail({ expected, observed: how(found), hint: 'lost' })
  const [logs, today] = await Promise.all([
    containerLogs(node1, 'till', 1),
    node1.read(`/proc/${found.pid}/root/spool/today`),
  ])
  const last = logs?.stdout.trim() ?? ''
  if (!today?.includes('receipt 1, not yet fetched'))
    return fail({ expected, observed: '`/spool/today` is gone', hint: 'lost' })
  if (/^receipt \d+ printed$/.test(last)) return pass(`\`till\`: ${last}, and \`/spool/today\` is there`)
  return fail({ expected, observed: `\`till\`: ${last || 'nothing'}`, hint: 'df' })
}

const shop: Check = async ({ node1 }) => {
  const expected = '`shop` asks `store` and says at http://localhost:8083 how many ropes are left'
  const [found, store] = await Promise.all([container(node1, 'shop'), container(node1, 'store')])
  if (!found) return fail({ expected, observed: missing('shop'), hint: 'bypass' })
  if (found.state !== 'running') return fail({ expected, observed: how(found), hint: 'bypass' })
  if (store?.state !== 'running')
    return fail({ expected, observed: store ? how(store) : missing('store'), hint: 'store' })
  const answer = await request(node1, 'http://localhost:8083/')
  const [ours, theirs] = [Object.keys(found.networks), Object.keys(store.networks)]
  const observed = `${answer.problem || answer.body.trim() || `status ${answer.status}`}; \`shop\` is in ${ours.join(', ') || 'none'}, \`store\` in ${theirs.join(', ') || 'none'}`
  if (answer.status !== 200)
    // The default bridge knows no names.
    return fail({
      expected,
      observed,
      hint: ours.some((n) => n !== 'bridge' && theirs.includes(n)) ? 'store' : 'networks',
    })
  if (!ours.some((n) => theirs.includes(n)) || !answer.body.includes('12 ropes'))
    return fail({ expected, observed, hint: 'bypass' })
  return pass(`\`shop\` says "${answer.body.trim()}"`)
}

export default { ferry, desk, till, shop } satisfies Checks
