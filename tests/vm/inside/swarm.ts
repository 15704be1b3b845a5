/** In the machine: two nodes become a swarm, and a service's name leads over an overlay network to its tasks on both. */
import { randomBytes } from 'node:crypto'
import { patient } from '../../../infra/patience.ts'
import { createDockerRuntime } from '../../../sandbox-server/src/runtime/docker/docker-runtime.ts'
import type { RuntimeNode, SessionSpec } from '../../../sandbox-server/src/runtime/port.ts'
import { testInstance } from '../../harness/platform.ts'
import { note, report } from './report.ts'

const log = (fields: object, message: string) => note(`${message}: ${JSON.stringify(fields)}`)
const runtime = createDockerRuntime({ instance: testInstance(), logger: { warn: log, error: log } })
const spec: SessionSpec = {
  ...{ session: randomBytes(6).toString('hex'), lab: 'test/swarm', learner: 'test', created_at: Date.now(), seed: 1 },
  ...{ nodes: 2, limits: { memory_mb: 768, cpus: 1, pids: 1024, disk_mb: 1024 }, network: 'none', folder: 'work' },
}
const image = 'python:3.13-slim-trixie'
const running = "docker service ps web --filter desired-state=running --format '{{.CurrentState}}' | grep -c ^Running"
const askAll = `
import socket, urllib.request
found = sorted({each[4][0] for each in socket.getaddrinfo("web", 8000, socket.AF_INET)})
print(*sorted({urllib.request.urlopen(f"http://{address}:8000/", timeout=60).read().decode().strip() for address in found}))`

await report(async () => {
  const signal = AbortSignal.timeout(patient(90_000))
  const [one, two] = await runtime.start(spec, { signal, progress: () => undefined })
  try {
    if (!one || !two) throw new Error('there are not two nodes')
    await on(one, 'docker swarm init --advertise-addr "$(hostname -i)"')
    const token = await on(one, 'docker swarm join-token -q worker')
    await on(two, `docker swarm join --token ${token} node1:2377`)
    await on(one, 'docker network create -d overlay --attachable app')
    await on(
      one,
      `docker service create -q --detach --name web --network app --endpoint-mode dnsrr --mode global --no-resolve-image \\
         ${image} sh -c 'hostname > index.html && exec python3 -m http.server 8000'
       until [ "$(${running})" = 2 ]; do sleep 1; done`,
    )
    const wanted = (await Promise.all([one, two].map((node) => on(node, 'docker ps -q --filter name=web')))).toSorted()
    for (const node of [one, two]) {
      const answered = await on(node, `docker run --rm --network app ${image} python3 -c '${askAll}'`)
      if (answered !== wanted.join(' '))
        throw new Error(`from ${node.name} the tasks '${answered}' answered, and should '${wanted.join(' ')}'`)
    }
    return 'a service on two nodes answers with both tasks, asked from either, over VXLAN'
  } finally {
    await runtime.remove(spec.session)
    await runtime.close()
  }
})

async function on(node: RuntimeNode, script: string): Promise<string> {
  const said = await node.exec(['sh', '-ec', script], { timeout_ms: 60_000 })
  if (said.code !== 0) throw new Error(`${node.name}: '${script}' ended with ${said.code}: ${said.stderr.slice(-500)}`)
  note(`${node.name}: ${script.trim().split('\n')[0]}`)
  return said.stdout.trim()
}
