/** Privileges as the kernel has them for the main process: its status and its mounts, not the options that it was started with. */
import { container, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node, Outcome } from '@drydock/kit'

interface Seen {
  kiosk: Container
  /** A field of the main process's status. */
  status: (field: string) => string
  mounts: string[][]
}

/** Undefined when it does not run. */
async function look(node: Node): Promise<Seen | undefined> {
  const kiosk = await container(node, 'kiosk')
  if (!kiosk || kiosk.pid === 0) return undefined
  // One program for both files: each that begins costs a busy machine a tenth of a second.
  const files = await node.exec(['cat', `/proc/${kiosk.pid}/status`, `/proc/${kiosk.pid}/mountinfo`])
  if (files.code !== 0) return undefined
  return {
    kiosk,
    status: (field) => files.stdout.match(new RegExp(`^${field}:\\s*(.*)$`, 'm'))?.[1]?.trim() ?? '',
    mounts: files.stdout.split('\n').map((line) => line.split(' ')),
  }
}

/** A check of something that runs; each says what it expects once. */
const running =
  (expected: string, check: (seen: Seen, node: Node) => Promise<Outcome> | Outcome): Check =>
  async ({ node1 }) => {
    const seen = await look(node1)
    // No hint of its own: what is wrong is said by the task that asks for an answer.
    return seen
      ? check(seen, node1)
      : fail({ expected, observed: 'there is no running `kiosk`: `docker ps -a` and `docker logs kiosk` say why' })
  }

/** What the kiosk says about itself; undefined when it says nothing of the kind. */
async function selfTest(node: Node): Promise<{ data: string; tmp: string } | undefined> {
  const answer = await request(node, 'http://localhost:8080/status')
  const field = (name: string) => answer.body.match(new RegExp(`"${name}": "([^"]*)"`))?.[1]
  const [data, tmp] = [field('data'), field('tmp')]
  return data !== undefined && tmp !== undefined ? { data, tmp } : undefined
}

const open: Check = async ({ node1 }) => {
  const expected = '`kiosk` answers at http://localhost:8080'
  const kiosk = await container(node1, 'kiosk')
  if (!kiosk) return fail({ expected, observed: 'there is no container `kiosk`', hint: 'log' })
  if (kiosk.state !== 'running')
    return fail({ expected, observed: `\`kiosk\` is ${kiosk.state}, exit code ${kiosk.exitCode}`, hint: 'log' })
  if (!kiosk.published.some((p) => p.host === 8080))
    return fail({ expected, observed: '`kiosk` does not publish port 8080', hint: 'same' })
  const answer = await request(node1, 'http://localhost:8080/')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'log' })
  if (!answer.body.startsWith('The kiosk is open'))
    return fail({ expected, observed: 'an answer, but not by the kiosk', hint: 'same' })
  return pass(`\`kiosk\` says "${answer.body.trim()}"`)
}

const noSocket = 'no Docker socket in `kiosk`'
const socket = running(noSocket, ({ kiosk, mounts }) => {
  const mount = kiosk.mounts.find((m) => /docker\.sock|^\/(var\/)?run\/?$/.test(m.source))
  const seen = mounts.find((m) => /docker\.sock/.test(m[3] ?? ''))
  if (!mount && !seen) return pass('`kiosk` cannot reach the Engine')
  const where = mount?.destination ?? seen?.[4] ?? ''
  const readonly = mount ? !mount.writable : /^ro\b/.test(seen?.[5] ?? '')
  if (readonly)
    return fail({ expected: noSocket, observed: `the socket is there, read-only, at ${where}`, hint: 'readonly' })
  return fail({ expected: noSocket, observed: `the socket is there, at ${where}`, hint: 'mount' })
})

const notRoot = '`kiosk` runs as a user other than root and can write to its volume at /data'
const user = running(notRoot, async ({ kiosk, status }, node) => {
  // Real, effective, saved, and that for files.
  const ids = status('Uid').split(/\s+/)
  if (ids.includes('0')) return fail({ expected: notRoot, observed: 'its main process is root, UID 0', hint: 'user' })
  const self = await selfTest(node)
  if (!self) return fail({ expected: notRoot, observed: `UID ${ids[0]}, and no answer at /status`, hint: 'command' })
  if (self.data !== 'ok')
    return fail({ expected: notRoot, observed: `UID ${ids[0]}; writing to /data: ${self.data}`, hint: 'owner' })
  if (!kiosk.mounts.some((m) => m.destination === '/data' && m.type !== 'tmpfs'))
    return fail({ expected: notRoot, observed: `UID ${ids[0]}, and no volume at /data`, hint: 'owner' })
  return pass(`UID ${ids[0]} sells tickets and writes to /data`)
})

const names: Record<number, string> = { 10: 'NET_BIND_SERVICE', 12: 'NET_ADMIN', 21: 'SYS_ADMIN' }
const none = 'no capability in the bounding set of `kiosk`: CapBnd 0'
const capabilities = running(none, ({ status }) => {
  const bounding = BigInt(`0x${status('CapBnd') || '0'}`)
  const held = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (bounding >> BigInt(bit)) & 1n)
  if (held.length === 0) return pass('CapBnd 0: there is nothing that it could be given')
  const added = held.filter((bit) => bit === 12 || bit === 21).map((bit) => names[bit])
  if (added.length > 0)
    return fail({
      expected: none,
      observed: `${held.length} capabilities, among them ${added.join(' and ')}`,
      hint: 'bounding',
    })
  if (held.length === 1)
    return fail({
      expected: none,
      observed: `one capability, ${names[held[0]!] ?? `number ${held[0]}`}`,
      hint: held[0] === 10 ? 'port' : 'command',
    })
  return fail({ expected: none, observed: `${held.length} capabilities`, hint: 'default' })
})

const noGain = 'the flag NoNewPrivs set for `kiosk`'
const gain = running(noGain, ({ status }) =>
  status('NoNewPrivs') === '1'
    ? pass('NoNewPrivs 1: what it has is all that it will ever have')
    : fail({ expected: noGain, observed: 'NoNewPrivs 0: a set-uid program in it makes root', hint: 'flag' }),
)

const filtered = "Docker's filter of system calls on `kiosk`"
const seccomp = running(filtered, async ({ status }, node) => {
  // The machine of a lab has a filter of its own, which everything on it inherits: one more is asked for.
  const machine = Number((await node.read('/proc/1/status'))?.match(/^Seccomp_filters:\s*(\d+)$/m)?.[1] ?? 0)
  const filters = Number(status('Seccomp_filters') || (status('Seccomp') === '2' ? 1 : 0))
  if (filters > machine) return pass('the system calls that a container has no use for are refused')
  const script = await node.read('run.sh')
  const corrected = script !== undefined && !script.includes('seccomp=unconfined')
  return fail({ expected: filtered, observed: 'none: seccomp=unconfined', hint: corrected ? 'anew' : 'filter' })
})

const readOnly = 'a read-only root for `kiosk`, and a writable /tmp'
const readonly = running(readOnly, async ({ mounts }, node) => {
  const root = mounts.findLast((m) => m[4] === '/')
  if (!/^ro\b/.test(root?.[5] ?? ''))
    return fail({ expected: readOnly, observed: 'its root can be written to', hint: 'flag' })
  const self = await selfTest(node)
  if (!self) return fail({ expected: readOnly, observed: 'read-only, and no answer at /status', hint: 'command' })
  if (self.tmp !== 'ok')
    return fail({ expected: readOnly, observed: `read-only; writing to /tmp: ${self.tmp}`, hint: 'tmp' })
  return pass('nothing in it can be changed but /data and /tmp')
})

export default { open, socket, user, capabilities, gain, seccomp, readonly } satisfies Checks
