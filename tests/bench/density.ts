/**
 * What an idle lab machine costs: memory and disk at half and at all of a class of sixty, and the slope between the two. Then each machine
 * runs four containers: all share one user and its kernel limits, and that has to be enough.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { startPlatform } from '../harness/platform.ts'
import { report, rounds } from './figures.ts'

const most = rounds(60)
/** Megabytes that the machines may take together: the rest of the host is not ours. */
const bound = 12_000

await using platform = await startPlatform({
  env: { DRYDOCK_MAX_SESSIONS: String(most), DRYDOCK_POOL_MAX: '0', DRYDOCK_PARALLEL_STARTS: '2' },
})
const { instance } = platform

function available(): number {
  return Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) / 1024
}

function disks(): number {
  const images = readdirSync(instance.disks).filter((name) => name.endsWith('.img'))
  const bytes = images.map((name) => statSync(path.join(instance.disks, name)).blocks * 512)
  return bytes.reduce((total, each) => total + each, 0) / 2 ** 20
}

const before = available()
const each_runs = 4
const running: { runContainers(): Promise<number> }[] = []
async function grow(to: number): Promise<{ memory: number; disk: number }> {
  while (running.length < to) {
    const learner = platform.learner()
    const { id } = await learner.start('layers/cache', { timeout_ms: 120_000 })
    running.push({
      runContainers: async () => {
        const terminal = await learner.terminal(id)
        const start = `for i in $(seq ${each_runs}); do docker run -d busybox:1.37 sleep 900 >/dev/null; done`
        const said = await terminal.run(`${start}; echo "count $(docker ps -q | wc -l)"`, 120_000)
        terminal.close()
        return Number(/^count (\d+)$/m.exec(said)?.[1] ?? 0)
      },
    })
    if (before - available() > bound)
      throw new Error(`${running.length} machines take more than ${bound} MB: measuring ends here`)
    if (running.length % 10 === 0) process.stderr.write(`  ${running.length} machines\n`)
  }
  return { memory: before - available(), disk: disks() }
}

const half = await grow(Math.ceil(most / 2))
const all = await grow(most)
const machines = most - Math.ceil(most / 2)
let containers = 0
for (const machine of running) containers += await machine.runContainers()
const with_containers = before - available()
// What still ends when the engine stops is started again by the next server, one machine after the other.
await platform.endAll(60_000)
report({
  bench: 'density',
  figures: {
    nodes: most,
    mb_per_node: (all.memory - half.memory) / machines,
    disk_mb_per_node: (all.disk - half.disk) / machines,
    containers,
    mb_per_container: (with_containers - all.memory) / containers,
  },
  budget: { mb_per_node: { max: 55 }, disk_mb_per_node: { max: 5 }, containers: { min: each_runs * most } },
})
