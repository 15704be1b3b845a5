/** In the machine: two nodes that are a swarm with an overlay network `app`, for the scripts that try what works there. */
import { randomBytes } from 'node:crypto'
import { patient } from '../../../infra/patience.ts'
import { createDockerRuntime } from '../../../sandbox-server/src/runtime/docker/docker-runtime.ts'
import type { RuntimeNode, SessionSpec } from '../../../sandbox-server/src/runtime/port.ts'
import { testInstance } from '../../harness/platform.ts'
import { note } from './report.ts'

const log = (fields: object, message: string) => note(`${message}: ${JSON.stringify(fields)}`)
const spec: SessionSpec = {
  ...{ session: randomBytes(6).toString('hex'), lab: 'test/swarm', learner: 'test', created_at: Date.now(), seed: 1 },
  ...{ nodes: 2, limits: { memory_mb: 768, cpus: 1, pids: 1024, disk_mb: 1024 }, network: 'none', folder: 'work' },
}

/** Starts them, the first as manager, and removes them when `work` is done. */
export async function withSwarm<T>(work: (one: RuntimeNode, two: RuntimeNode) => Promise<T>): Promise<T> {
  const runtime = createDockerRuntime({ instance: testInstance(), logger: { warn: log, error: log } })
  const signal = AbortSignal.timeout(patient(90_000))
  const [one, two] = await runtime.start(spec, { signal, progress: () => undefined })
  try {
    if (!one || !two) throw new Error('there are not two nodes')
    await on(one, 'docker swarm init --advertise-addr "$(hostname -i)"')
    const token = await on(one, 'docker swarm join-token -q worker')
    await on(two, `docker swarm join --token ${token} node1:2377`)
    await on(one, 'docker network create -d overlay --attachable app')
    return await work(one, two)
  } finally {
    await runtime.remove(spec.session)
    await runtime.close()
  }
}

/** What a script says that must succeed. */
export async function on(node: RuntimeNode, script: string, timeout_ms = 60_000): Promise<string> {
  const said = await node.exec(['sh', '-ec', script], { timeout_ms })
  if (said.code !== 0)
    throw new Error(
      `${node.name}: '${script}' ended with ${said.code}: ${said.stdout.slice(-300)} ${said.stderr.slice(-500)}`,
    )
  note(`${node.name}: ${script.trim().split('\n')[0]}`)
  return said.stdout.trim()
}
