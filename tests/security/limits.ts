/** Attacks that use up: processes, memory, disk, files, log, CPU time. The controls use up no more than shows that nothing stops them. */
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { limitDiskSpeed } from '../../sandbox-server/src/runtime/docker/cgroups.ts'
import { requireEngine } from '../../infra/engine/api.ts'
import type { Attempt, Theme } from './attack.ts'
import {
  noCpuLimit,
  noDisk,
  noDiskSpeed,
  noFileLimit,
  noLogLimit,
  noMemoryLimit,
  noProcessLimit,
} from './weaknesses.ts'
import { fromNode, type Place, type World } from './world.ts'

const MiB = 2 ** 20

/** Past the page cache, for two seconds each way. */
const diskSpeed = `
import mmap
os.system('''exec 2>/dev/null
mkdir -p /dev/shm/io; mount -t cgroup -o blkio blkio /dev/shm/io
for top in /dev/shm/io /sys/fs/cgroup /sys/fs/cgroup/blkio; do mkdir $top/faster && echo %d > $top/faster/cgroup.procs; done''' % os.getpid())
MiB = 1 << 20
buffer = mmap.mmap(-1, MiB)
name = '/var/lib/docker/drydock-speed'
file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_DIRECT)
for way, move in (('written', os.pwrite), ('read', lambda fd, data, at: os.preadv(fd, [data], at))):
  began, moved = time.time(), 0
  while time.time() - began < 2:
    moved += move(file, buffer, moved % (64 * MiB))
  rate = moved / (time.time() - began) / 1e6
  print('%.1f MB a second %s' % (rate, way))
  if rate > 10:
    escaped(way)
os.unlink(name)`

/** Everything that a node's root can write to, but for what lies in memory. */
const places = "['/root', '/var/lib/docker', '/tmp', '/var/log', '/golden', '/node']"

export const limits = (world: World): Theme => ({
  title: "The node's limits",
  attacks: [
    fromNode(world, {
      name: 'fork bomb',
      tries: "The node's root starts 700 processes in a node that may have 512.",
      why: 'The process limit of the node counts all in it.',
      weakness: noProcessLimit,
      run: (place) =>
        place.python(`
children = []
try:
  while len(children) < 700:
    child = os.fork()
    if child == 0:
      time.sleep(30)
      os._exit(0)
    children.append(child)
  escaped('700 processes')
except OSError as error:
  print(len(children), error)
finally:
  for child in children:
    os.kill(child, 9)
  for child in children:
    os.waitpid(child, 0)`),
    }),
    fromNode(world, {
      name: 'memory',
      tries: "The node's root uses 700 MB in a node that has 512.",
      why: 'The memory limit of the node ends a process in it.',
      weakness: noMemoryLimit,
      run: (place) =>
        place.python(`
child = os.fork()
if child == 0:
  with open('/proc/self/oom_score_adj', 'w') as score:
    score.write('1000')
  for _ in range(70):
    globals().setdefault('kept', []).append(bytearray(b'x' * 10_000_000))
  os._exit(0)
if os.waitpid(child, 0)[1] == 0:
  escaped('700 MB')`),
    }),
    fromNode(world, {
      name: 'memory by files',
      tries: "The node's root mounts a file system in memory without a size and writes 700 MB to it.",
      why: 'Such files count as memory of the node.',
      weakness: noMemoryLimit,
      run: (place) =>
        place.shell(`mkdir -p /dev/shm/big && mount -t tmpfs -o size=10g tmpfs /dev/shm/big
(echo 1000 > /proc/self/oom_score_adj; exec dd if=/dev/zero of=/dev/shm/big/file bs=1M count=700)
[ $(stat -c %s /dev/shm/big/file) -ge 700000000 ] && echo ESCAPED
umount -l /dev/shm/big`),
    }),
    fromNode(world, {
      name: 'disk',
      tries: "The node's root writes 600 MB wherever it can, on a node whose disk has 512.",
      why: 'All that a node writes lies in one file system of that size.',
      weakness: noDisk(world.scratch('disk')),
      run: (place) =>
        place.python(`
total = 0
files = []
for place in ${places}:
  try:
    name = place + '/drydock-fill'
    with open(name, 'wb') as file:
      files.append(name)
      # As much as goes, in steps.
      for i in range(20):
        os.posix_fallocate(file.fileno(), i * 30_000_000, 30_000_000)
        total += 30_000_000
  except OSError as error:
    print(place, error)
for name in files:
  os.unlink(name)
if total >= 600_000_000:
  escaped(str(total))`),
    }),
    fromNode(world, {
      name: 'disk speed',
      tries:
        "The node's root writes to its disk and reads from it faster than the 4 MB a second that it may here, also from a control group of its own.",
      why: "The device that the disk is has a limit for the node's group, which the node can neither change nor leave.",
      weakness: noDiskSpeed,
      run: async (place) => {
        if (place.session === (await world.real()).session)
          limitDiskSpeed(place.pid, place.id, place.disk, { bytes: 4e6, operations: 4000 })
        const result = await place.python(diskSpeed)
        if (place.session === (await world.real()).session)
          limitDiskSpeed(place.pid, place.id, place.disk, { bytes: 1e9, operations: 100_000 })
        return result
      },
    }),
    fromNode(world, {
      name: 'inodes',
      tries: "The node's root makes 40,000 files.",
      why: "The node's file system has 32,768 inodes, all in all.",
      weakness: noDisk(world.scratch('disk')),
      limit_ms: 60_000,
      run: (place) =>
        place.python(
          `
os.makedirs('/root/many', exist_ok=True)
made = 0
try:
  for made in range(40_000):
    os.close(os.open('/root/many/%d' % made, os.O_CREAT))
  escaped('40,000 files')
except OSError as error:
  print(made, error)
os.system('rm -rf /root/many')`,
          { timeout_ms: 50_000 },
        ),
    }),
    fromNode(world, {
      name: "the node's log",
      tries:
        "The node's root writes without end to the output of the node's first process, which the lab engine keeps on the host's disk.",
      why: 'The engine keeps one megabyte of it.',
      weakness: noLogLimit,
      async run(place) {
        await place.shell('head -c 30000000 /dev/zero | tr "\\0" "x" | fold -w 1000 > /proc/1/fd/1')
        const { LogPath } = JSON.parse(
          await requireEngine(world.instance, 'GET', `/containers/${place.container}/json`),
        ) as { LogPath: string }
        const folder = path.dirname(LogPath)
        const logs = readdirSync(folder).filter((name) => name.includes('json.log'))
        const size = logs.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)
        return { succeeded: size > 10 * MiB, said: `${logs.length} files with ${size} bytes` }
      },
    }),
    fromNode(world, {
      name: 'open files',
      tries: 'A process of the node opens 9,000 files.',
      why: 'A process may have 8,192, and only the host could raise that.',
      weakness: noFileLimit,
      run: (place) =>
        place.python(`
import resource
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
for wanted in (1048576, hard):
  try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
    break
  except (OSError, ValueError) as error:
    print(wanted, error)
try:
  kept = [os.open('/dev/null', os.O_RDONLY) for _ in range(9000)]
  escaped('9,000 files are open')
except OSError as error:
  print(error)`),
    }),
    {
      name: 'CPU time',
      tries:
        "Four processes of the node's root burn CPU time, in a node that may have a tenth of a processor, while a neighbour types.",
      why: 'The CPU limit of the node counts all in it.',
      without: noCpuLimit.without,
      control: async () => burn(await world.weak(noCpuLimit)),
      async attempt() {
        const place = await world.real()
        await limitCpu(world, place, 0.1)
        const before = await slowEcho(await world.neighbour())
        const result = await burn(place, await world.neighbour())
        await limitCpu(world, place, 1)
        return { ...result, said: `${result.said}; a neighbour's echo took ${before.toFixed(0)} ms before` }
      },
    },
  ],
})

const limitCpu = (world: World, place: Place, cpus: number) =>
  requireEngine(world.instance, 'POST', `/containers/${place.container}/update`, { json: { NanoCpus: cpus * 1e9 } })

/** More than the limit by what a short time may add, on a machine that is busy otherwise, too; and an echo that a person notices. */
async function burn(place: Place, neighbour?: Place): Promise<Attempt> {
  await place.shell('for i in 1 2 3 4; do timeout 5 sh -c "while :; do :; done" >/dev/null 2>&1 & done')
  const [before, began] = [await place.node.cpuTime(), performance.now()]
  const echo = neighbour ? await slowEcho(neighbour) : 0
  await delay(Math.max(0, 3000 - (performance.now() - began)))
  const share = ((await place.node.cpuTime()) - before) / (performance.now() - began)
  return {
    succeeded: share > 0.2 || echo > 500,
    said: `${share.toFixed(2)} processors; a neighbour's echo took ${echo.toFixed(0)} ms`,
  }
}

/** Milliseconds from a key to its echo, as nine keys of ten are quicker: a machine that stands still once is no attack. */
async function slowEcho({ node }: Place): Promise<number> {
  const terminal = await node.attach('echo', { since: null, cols: 80, rows: 24 })
  let wake: () => void = () => undefined
  let seen = ''
  terminal.output.on('data', (chunk: Buffer) => {
    seen = (seen + chunk.toString('latin1')).slice(-200)
    wake()
  })
  const until = async (text: string) => {
    while (!seen.includes(text)) await new Promise<void>((resolve) => (wake = resolve))
  }
  try {
    terminal.write(Buffer.from('clear; echo re-$((40+2))\n'))
    await until('re-42')
    const echoes: number[] = []
    for (let i = 0; i < 30; i++) {
      seen = ''
      const began = performance.now()
      terminal.write(Buffer.from('x'))
      await until('x')
      echoes.push(performance.now() - began)
    }
    terminal.write(Buffer.from('\x03'))
    return echoes.toSorted((a, b) => a - b)[27]!
  } finally {
    terminal.close()
  }
}
