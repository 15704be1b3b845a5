/** Limits: what the kernel enforces for each container, read from its control group. */
import {
  container,
  containerEvents,
  containerLogs,
  engineInfo,
  fail,
  pass,
  readCgroup,
  request,
  size,
} from '@drydock/kit'
import type { Cgroup, Check, Checks, Container, Node } from '@drydock/kit'

const maxMemory = 96 * 1024 * 1024
const maxCpus = 0.25
const maxPids = 32
/** What ledger.py keeps for each booking. */
const booking = 24 * 1024 * 1024

const missing = (name: string) => `there is no container \`${name}\`; \`sh start.sh\` makes it anew`
const how = (c: Container) => (c.state === 'exited' ? `stopped, exit code ${c.exitCode}` : c.state)

const capMemory: Check = async ({ node1 }) => {
  const expected = '`ledger` with a limit of at most 96 MiB for memory and swap together'
  const ledger = await container(node1, 'ledger')
  if (!ledger) return fail({ expected, observed: missing('ledger'), hint: 'command' })
  const group = ledger.state === 'running' ? await readCgroup(node1, ledger.pid) : undefined
  // A container that was killed has no control group any more; what it will get next time is in its settings.
  const limit = group ? group.memory.limit : ledger.limits.memory
  if (limit === null) return fail({ expected, observed: '`ledger` has no memory limit', hint: 'live' })
  if (limit > maxMemory) return fail({ expected, observed: `\`ledger\` may use ${size(limit)}`, hint: 'command' })
  const both = ledger.limits.memorySwap
  // Where the kernel does not account swap, Docker drops what was said about it, with a warning.
  if ((both === null || both > maxMemory) && (await engineInfo(node1)).limitsSwap) {
    const swap = both === null ? 'without a limit' : `another ${size(both - limit)}`
    return fail({ expected, observed: `\`ledger\` may use ${size(limit)} of memory, and swap ${swap}`, hint: 'swap' })
  }
  return pass(
    `\`ledger\` may use ${size(limit)}${group ? ` and uses ${size(group.memory.current)} (cgroup v${group.version})` : ''}`,
  )
}

const seeOom: Check = async ({ node1 }) => {
  const expected = '`ledger` killed by the kernel at its limit: exit code 137, OOMKilled true'
  const ledger = await container(node1, 'ledger')
  if (!ledger) return fail({ expected, observed: missing('ledger'), hint: 'command' })
  if (await wasOutOfMemory(node1, ledger)) return pass('`ledger` ran into its limit and was killed: exit code 137')
  const { state, exitCode, oomKilled } = ledger
  if (state !== 'exited') {
    const held = (await readCgroup(node1, ledger.pid))?.memory.current
    return fail({
      expected,
      observed: `\`ledger\` is ${state}${held === undefined ? '' : ` and uses ${size(held)}`}`,
      hint: 'feed',
    })
  }
  return fail({
    expected,
    observed: `\`ledger\`: exit code ${exitCode}, OOMKilled ${oomKilled}`,
    hint: exitCode === 137 ? 'who' : 'command',
  })
}

/** Its state says so, or said so until it was started again: the engine remembers, from the last change of the limit on. */
async function wasOutOfMemory(node: Node, ledger: Container): Promise<boolean> {
  if (ledger.state === 'exited' && ledger.exitCode === 137 && ledger.oomKilled) return true
  const events = (await containerEvents(node, 'ledger')).filter((e) => e.id === ledger.id)
  const since = events.slice(events.findLastIndex((e) => e.action === 'update') + 1)
  const oom = since.findIndex((e) => e.action === 'oom')
  if (oom >= 0) return since.slice(oom).some((e) => e.action === 'die' && e.exitCode === 137)
  if (ledger.state !== 'exited' || ledger.exitCode !== 137) return false
  // On control groups v2 the news of it can come too late for Docker: then nobody sent a signal, and one booking more did not fit.
  if (since.some((e) => e.action === 'kill') || (await engineInfo(node)).cgroupVersion !== 2) return false
  const lines = (await containerLogs(node, 'ledger'))?.stdout.split('\n') ?? []
  const bookings = lines
    .slice(lines.findLastIndex((l) => l.startsWith('ledger is open')))
    .filter((l) => l.startsWith('booking '))
  return (bookings.length + 2) * booking > (ledger.limits.memory ?? Infinity)
}

const restart: Check = async ({ node1 }) => {
  const expected = '`ledger` running and answering again, with at most 96 MiB'
  const ledger = await container(node1, 'ledger')
  if (!ledger) return fail({ expected, observed: missing('ledger'), hint: 'same' })
  const group = ledger.state === 'running' ? await readCgroup(node1, ledger.pid) : undefined
  if (!group) return fail({ expected, observed: `\`ledger\` is ${how(ledger)}`, hint: 'same' })
  if (group.memory.limit === null || group.memory.limit > maxMemory)
    return fail({ expected, observed: '`ledger` runs without its limit', hint: 'same' })
  const answer = await request(node1, 'http://localhost:8081/')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  return pass(`\`ledger\` answers "${answer.body.trim()}" within ${size(group.memory.limit)}`)
}

const capCpu: Check = async ({ node1 }) => {
  const expected = '`cruncher` at work with a quota of at most 0.25 CPU, without having been restarted'
  const [cruncher, ...others] = await Promise.all(
    ['cruncher', 'spawner', 'ledger', 'front'].map((name) => container(node1, name)),
  )
  if (!cruncher) return fail({ expected, observed: missing('cruncher'), hint: 'lost' })
  if (cruncher.state !== 'running')
    return fail({ expected, observed: `\`cruncher\` is ${how(cruncher)}`, hint: 'working' })
  // start.sh makes it before all others: a cruncher that began after the oldest of them was started again, later.
  const oldest = Math.min(...others.map((c) => c?.created ?? Infinity))
  if (cruncher.startedAt !== undefined && cruncher.startedAt > oldest)
    return fail({ expected, observed: '`cruncher` was started again, and its job with it', hint: 'lost' })
  let group = await readCgroup(node1, cruncher.pid, { sample_ms: 300 })
  // A quota counts in periods of up to a second, and the rest of one is waiting.
  if (group && idle(group)) group = await readCgroup(node1, cruncher.pid, { sample_ms: 1200 })
  if (!group) return fail({ expected, observed: '`cruncher` has just ended', hint: 'working' })
  const { limit, used = 0, throttled, periods } = group.cpu
  const uses = `uses ${used.toFixed(2)} CPU`
  if (limit === null) {
    const shares = cruncher.limits.cpuShares
    return shares > 0
      ? fail({ expected, observed: `\`cruncher\` has a weight of ${shares} but no quota, and ${uses}`, hint: 'weight' })
      : fail({ expected, observed: `\`cruncher\` has no quota and ${uses}`, hint: 'quota' })
  }
  if (limit > maxCpus)
    return fail({ expected, observed: `\`cruncher\` may use ${limit} CPU and ${uses}`, hint: 'command' })
  if (idle(group)) return fail({ expected, observed: `\`cruncher\` is idle (${uses})`, hint: 'lost' })
  return pass(`\`cruncher\` may use ${limit} CPU and ${uses}; throttled in ${throttled} of ${periods} periods`)
}

const idle = ({ cpu }: Cgroup) => (cpu.used ?? 0) < 0.005

const capPids: Check = async ({ node1 }) => {
  const expected = '`spawner` at work with at most 32 processes'
  const spawner = await container(node1, 'spawner')
  if (!spawner) return fail({ expected, observed: missing('spawner'), hint: 'command' })
  if (spawner.state !== 'running')
    return fail({ expected, observed: `\`spawner\` is ${how(spawner)}`, hint: 'working' })
  let group = await readCgroup(node1, spawner.pid)
  // It tries once a second, and a new one takes a moment to begin.
  if (group?.pids.limit && group.pids.refused === 0) group = await readCgroup(node1, spawner.pid, { sample_ms: 1500 })
  if (!group) return fail({ expected, observed: '`spawner` has just ended', hint: 'working' })
  const { limit, current, refused } = group.pids
  if (limit === null)
    return fail({ expected, observed: `\`spawner\` has ${current} processes and no limit`, hint: 'flag' })
  if (limit > maxPids)
    return fail({ expected, observed: `\`spawner\` has ${current} processes and may have ${limit}`, hint: 'command' })
  if (current > limit)
    return fail({
      expected,
      observed: `\`spawner\` may have ${limit} processes, but has ${current} already`,
      hint: 'existing',
    })
  if (refused === 0)
    return fail({
      expected,
      observed: `\`spawner\` has ${current} of ${limit} processes and tries for no more`,
      hint: 'idle',
    })
  return pass(`\`spawner\` has ${current} of ${limit} processes, and was refused another ${refused} times`)
}

const front: Check = async ({ node1 }) => {
  const expected = 'an answer from `front` at http://localhost:8080'
  const found = await container(node1, 'front')
  if (!found) return fail({ expected, observed: missing('front'), hint: 'neighbour' })
  if (found.state !== 'running') return fail({ expected, observed: `\`front\` is ${how(found)}`, hint: 'neighbour' })
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'neighbour' })
  return pass('`front` answers with status 200')
}

export default {
  'cap-memory': capMemory,
  'see-oom': seeOom,
  restart,
  'cap-cpu': capCpu,
  'cap-pids': capPids,
  front,
} satisfies Checks
