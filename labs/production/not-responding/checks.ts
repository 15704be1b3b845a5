/** The way from the host to a program, piece by piece, and a health check that is tried on a program that is held. */
import { container, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const how = (c: Container | undefined) =>
  c
    ? `\`desk\` is ${c.state}${c.state === 'exited' ? `, exit code ${c.exitCode}` : ''}`
    : 'there is no container `desk`; `sh run.sh` makes it'

/** Where something listens in a process's network, as `address:port`; hexadecimal and little-endian in the kernel's table. */
async function listening(node: Node, pid: number): Promise<{ address: string; port: number }[]> {
  const table = (await node.read(`/proc/${pid}/net/tcp`)) ?? ''
  const six = (await node.read(`/proc/${pid}/net/tcp6`)) ?? ''
  const found = [...`${table}\n${six}`.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /gm)]
  return found.map(([, hex = '', port = '']) => ({
    address:
      hex.length === 8
        ? hex
            .match(/../g)!
            .toReversed()
            .map((byte) => Number.parseInt(byte, 16))
            .join('.')
        : /^0+$/.test(hex)
          ? '::'
          : '::1',
    port: Number.parseInt(port, 16),
  }))
}

/** Command lines of what runs in a container; none when it has just ended. */
async function programs(node: Node, name: string): Promise<string[]> {
  const top = (await node.get(`/containers/${name}/top?ps_args=-eo%20pid,args`).catch(() => ({}))) as {
    Processes?: string[][] | null
  }
  return (top.Processes ?? []).map((row) => row.slice(1).join(' '))
}

const local = (address: string) => address.startsWith('127.') || address === '::1'

const listens: Check = async ({ node1 }) => {
  const expected = 'address and port at which `desk` listens, in `listens.txt`'
  const desk = await container(node1, 'desk')
  if (!desk || desk.pid === 0) return fail({ expected, observed: how(desk), hint: 'command' })
  const said = ((await node1.read('listens.txt')) ?? '').trim()
  if (said === '') return fail({ expected, observed: 'nothing in `listens.txt`', hint: 'tools' })
  const places = await listening(node1, desk.pid)
  const [, address = '', port = ''] = said.match(/^(\S*?):(\d+)\b/) ?? []
  const all = (text: string) => ['0.0.0.0', '::', '*', '[::]', ''].includes(text)
  const right = places.find(
    (p) =>
      p.port === Number(port) &&
      (p.address === address ||
        (all(p.address) && all(address)) ||
        (p.address === '127.0.0.1' && address === 'localhost')),
  )
  if (right && said.split('\n').length === 1) return pass(`\`desk\` listens at ${right.address}:${right.port}`)
  const published = desk.published.some((p) => said.includes(String(p.host)) || said.includes(`${p.port}`))
  return fail({ expected, observed: `"${said.slice(0, 60)}"`, hint: published || right ? 'outside' : 'tools' })
}

const answer: Check = async ({ node1, values }) => {
  const url = `http://localhost:${values.port}`
  const expected = `an answer from \`desk\` at ${url}`
  const desk = await container(node1, 'desk')
  if (desk?.state !== 'running') return fail({ expected, observed: how(desk), hint: 'start' })
  const [got, places, program] = await Promise.all([
    request(node1, url),
    listening(node1, desk.pid),
    programs(node1, 'desk'),
  ])
  const target = desk.published.find((p) => p.host === Number(values.port))
  const own =
    program.some((args) => args.includes('desk.py')) &&
    (target !== undefined || places.some((p) => p.port === Number(values.port)))
  if (got.status === 200 && got.body.startsWith('The desk is open'))
    return own
      ? pass(`\`desk\` says "${got.body.trim()}"`)
      : fail({ expected, observed: 'an answer that is not by `desk.py` in `desk`', hint: 'same' })
  const seen = places.map((p) => `${p.address}:${p.port}`).join(', ') || 'nowhere'
  const observed = `${got.problem || `status ${got.status}`}; ${values.port} leads to ${target?.port ?? 'nothing'}, the program listens at ${seen}`
  // Whoever has not yet changed anything gets the nudge.
  if (desk.restarts === 0 && (await node1.read('listens.txt')) === undefined)
    return fail({ expected, observed: got.problem || `status ${got.status}`, hint: 'way' })
  const there = places.filter((p) => `${p.port}/tcp` === target?.port)
  if (there.length === 0 && target) return fail({ expected, observed, hint: 'port' })
  if (there.length > 0 && there.every((p) => local(p.address))) return fail({ expected, observed, hint: 'bind' })
  return fail({ expected, observed, hint: 'way' })
}

/**
 * Runs the health check as the Engine does, once as things are and once with all processes held. One program, so that
 * they go on whatever becomes of the check. Prints two exit codes; 124 is a check that took too long.
 */
const script = `
pids=$(docker top desk -eo pid | tail -n +2)
[ -n "$pids" ] || exit 3
timeout 10 docker exec desk "$@" >/dev/null 2>&1
echo $?
trap 'kill -CONT $pids 2>/dev/null' EXIT
kill -STOP $pids
timeout 6 docker exec desk "$@" >/dev/null 2>&1
echo $?
`

const honest: Check = async ({ node1 }) => {
  const expected = 'a health check that is content with a program at work, and not with one that is held'
  const desk = await container(node1, 'desk')
  if (desk?.state !== 'running') return fail({ expected, observed: how(desk), hint: 'command' })
  const inspected = (await node1.get(`/containers/${desk.id}/json`)) as {
    Config?: { Healthcheck?: { Test?: string[] } }
  }
  const [kind, ...test] = inspected.Config?.Healthcheck?.Test ?? []
  const argv = kind === 'CMD' ? test : kind === 'CMD-SHELL' ? ['/bin/sh', '-c', test.join(' ')] : []
  if (argv.length === 0) return fail({ expected, observed: '`desk` has no health check', hint: 'none' })
  const ran = await node1.exec(['sh', '-c', script, 'sh', ...argv], { timeout_ms: 40_000 })
  const [well, held] = ran.stdout.trim().split('\n').map(Number)
  if (well === undefined || held === undefined)
    return fail({ expected, observed: '`desk` has just ended', hint: 'command' })
  if (well !== 0)
    return fail({ expected, observed: `the check ends with ${well} while the program is at work`, hint: 'never' })
  if (held === 0)
    return fail({ expected, observed: 'the check ends with 0 while the program is held', hint: 'connect' })
  return pass('the check notices a program that does not answer')
}

export default { listens, answer, honest } satisfies Checks
