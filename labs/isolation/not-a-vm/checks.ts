/** A container from outside: its processes are looked up in the node's own /proc. */
import { container, containerEvents, fail, pass } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const missing = 'there is no container `beacon`; `sh start.sh` makes it anew'
/** The digit of `node1` is none. */
const numbers = (text: string | undefined) => (text?.match(/\b\d+\b/g) ?? []).map(Number)

interface Process {
  pid: number
  /** From the node's number to the innermost. */
  pids: number[]
  parent: number
  name: string
}

async function processOf(node: Node, pid: number): Promise<Process | undefined> {
  const status = await node.read(`/proc/${pid}/status`)
  const field = (name: string) => status?.match(new RegExp(`^${name}:\\s*(.*)$`, 'm'))?.[1] ?? ''
  if (!status) return undefined
  return { pid, pids: numbers(field('NSpid')), parent: Number(field('PPid')), name: field('Name') }
}

/** What runs in a container, as the node numbers it. */
async function processesIn(node: Node, name: string): Promise<Process[]> {
  const top = (await node.get(`/containers/${name}/top?ps_args=-eo%20pid`).catch(() => ({}))) as {
    Processes?: string[][] | null
  }
  const pids = (top.Processes ?? []).map(([pid]) => Number(pid)).filter(Number.isInteger)
  const all = await Promise.all(pids.map((pid) => processOf(node, pid)))
  return all.filter((p) => p !== undefined)
}

const outside: Check = async ({ node1 }) => {
  const expected = 'one number in `pid.txt`: the PID of the main process of `beacon` on this machine'
  const beacon = await container(node1, 'beacon')
  if (!beacon || beacon.pid === 0)
    return fail({
      expected,
      observed: beacon ? `\`beacon\` is ${beacon.state}: \`docker start beacon\`` : missing,
      hint: 'ask',
    })
  const found = numbers(await node1.read('pid.txt'))
  const [pid] = found
  if (pid === undefined) return fail({ expected, observed: 'no number in `pid.txt`', hint: 'ask' })
  if (found.length > 1) return fail({ expected, observed: `${found.length} numbers in \`pid.txt\``, hint: 'ask' })
  if (pid === beacon.pid) return pass(`the main process of \`beacon\` is ${pid} out here and 1 inside`)
  const [main, it, inside] = await Promise.all([
    processOf(node1, beacon.pid),
    processOf(node1, pid),
    processesIn(node1, 'beacon'),
  ])
  if (pid === 1)
    return fail({ expected, observed: '1, which out here is the first process of the machine', hint: 'inside' })
  if (!it) return fail({ expected, observed: `${pid}, and there is no such process on this machine`, hint: 'ask' })
  if (inside.some((p) => p.pid === pid))
    return fail({ expected, observed: `${pid}, which is \`${it.name}\`, a child`, hint: 'child' })
  if (pid === main?.parent)
    return fail({ expected, observed: `${pid}, which is \`${it.name}\`, the parent`, hint: 'shim' })
  return fail({ expected, observed: `${pid}, which is \`${it.name}\` and not in \`beacon\``, hint: 'ask' })
}

const both: Check = async ({ node1 }) => {
  const expected = 'two numbers in `httpd.txt`: the PID of `httpd` out here and inside `beacon`'
  const processes = await processesIn(node1, 'beacon')
  const httpd = processes.find((p) => p.name === 'httpd')
  if (!httpd)
    return fail({ expected, observed: 'no `httpd` runs in `beacon`; `sh start.sh` makes it anew', hint: 'command' })
  const found = numbers(await node1.read('httpd.txt'))
  if (found.length === 0) return fail({ expected, observed: 'no number in `httpd.txt`', hint: 'status' })
  const wanted = [httpd.pid, httpd.pids.at(-1) ?? 0]
  const main = processes.find((p) => p.pids.at(-1) === 1)
  if (found.length === 2 && wanted.every((n) => found.includes(n)))
    return pass(`\`httpd\` is ${wanted[0]} out here and ${wanted[1]} inside`)
  const observed = found.slice(0, 6).join(' and ')
  if (main && found.includes(main.pid))
    return fail({ expected, observed: `${observed}; ${main.pid} is \`${main.name}\``, hint: 'main' })
  return fail({ expected, observed, hint: found.length < 2 && wanted.includes(found[0]!) ? 'outer' : 'status' })
}

const end: Check = async ({ node1 }) => {
  const expected = '`beacon` ended by a signal that Docker did not send: exit code 137'
  const beacon = await container(node1, 'beacon')
  if (!beacon) return fail({ expected, observed: missing, hint: 'gone' })
  if (beacon.state !== 'exited') return fail({ expected, observed: `\`beacon\` is ${beacon.state}`, hint: 'kill' })
  const events = (await containerEvents(node1, 'beacon')).filter((e) => e.id === beacon.id)
  const life = events.slice(events.findLastIndex((e) => e.action === 'start') + 1)
  // `docker stop` and `docker kill` report the signal before its effect.
  if (life.some((e) => e.action === 'kill'))
    return fail({ expected, observed: '`beacon` was ended by a docker command', hint: 'docker' })
  if (beacon.exitCode !== 137)
    return fail({ expected, observed: `\`beacon\` has ended with exit code ${beacon.exitCode}`, hint: 'child' })
  return pass('`beacon` was ended by SIGKILL, and Docker only heard of it: exit code 137')
}

export default { outside, both, end } satisfies Checks
