/** From the request that ends a session until nothing of it is left on the host: no container, no disk, no network. */
import { readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { callEngine } from '../../infra/engine/api.ts'
import { startPlatform } from '../harness/platform.ts'
import { quantile, report, rounds } from './figures.ts'

// A machine from the pool keeps the name that it was made under; these carry their session's everywhere.
await using platform = await startPlatform({ env: { DRYDOCK_POOL_MAX: '0' } })
const { instance } = platform

async function isThere(session: string): Promise<boolean> {
  const lists = await Promise.all(
    ['/containers/json?all=1', '/networks'].map((path) => callEngine(instance, 'GET', path)),
  )
  return lists.some((list) => list.body.includes(session)) || readdirSync(instance.disks).join().includes(session)
}

const times: number[] = []
for (let round = 0; round < rounds(20); round++) {
  const learner = platform.learner()
  const { id } = await learner.start('architecture/first-commands')
  const terminal = await learner.terminal(id)
  await terminal.run('docker run -d --name web -p 8080:80 nginx:1.26')
  if (!(await isThere(id))) throw new Error('a session that runs was not seen on the engine')
  const before = performance.now()
  await learner.end(id)
  while (await isThere(id)) await delay(20)
  times.push(performance.now() - before)
  terminal.close()
}
report({ bench: 'teardown', figures: { p95_ms: quantile(times, 0.95) }, budget: { p95_ms: { max: 10_000 } } })
