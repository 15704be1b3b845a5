/** From the request that creates a session of three machines until they are one swarm and all three are ready in it, typed as a learner would. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import type { Learner } from '../harness/learner.ts'
import { plantLabs, threeNodes } from '../harness/planted-labs.ts'
import { startPlatform } from '../harness/platform.ts'
import type { TerminalClient } from '../harness/terminal.ts'
import { quantile, report, rounds } from './figures.ts'

using labs = plantLabs()
// Without a pool: what the first of a class waits for.
await using platform = await startPlatform({ env: { DRYDOCK_LABS: labs.folder, DRYDOCK_POOL_MAX: '0' } })

async function openOn(learner: Learner, session: string, node: string): Promise<TerminalClient> {
  const made = await learner.request<{ id: string }>('POST', `/api/sessions/${session}/terminals`, { node })
  if (made.status !== 201) throw new Error(`no terminal on ${node}: ${JSON.stringify(made.body)}`)
  return learner.terminal(session, { terminal: made.body.id })
}

async function formSwarm(): Promise<{ nodes_ms: number; swarm_ms: number }> {
  const learner = platform.learner()
  await learner.labs()
  const before = performance.now()
  const { id } = (await learner.request<SessionView>('POST', '/api/sessions', { lab: threeNodes })).body
  const first = await learner.terminal(id)
  await first.waitFor(/\S/)
  const nodes_ms = performance.now() - before
  const others = await Promise.all(['node2', 'node3'].map((node) => openOn(learner, id, node)))
  await first.run('docker swarm init --advertise-addr "$(hostname -i)" >/dev/null')
  const token = /SWMTKN-\S+/.exec(await first.run('docker swarm join-token -q worker'))?.[0] ?? ''
  await Promise.all(others.map((terminal) => terminal.run(`docker swarm join --token ${token} node1:2377`)))
  const ready =
    'until [ "$(docker node ls --format "{{.Status}}" | grep -c ^Ready)" = 3 ]; do sleep 0.05; done; echo all-$((1+2))-ready'
  const said = await first.run(ready, 60_000)
  if (!said.includes('all-3-ready')) throw new Error(`no swarm of three: ${said}`)
  const swarm_ms = performance.now() - before
  for (const terminal of [first, ...others]) terminal.close()
  await learner.end(id)
  return { nodes_ms, swarm_ms }
}

const times: { nodes_ms: number; swarm_ms: number }[] = []
for (let round = 1; round <= rounds(20); round++) {
  const time = await formSwarm()
  times.push(time)
  process.stderr.write(`  ${round}: prompt ${time.nodes_ms.toFixed(0)} ms, swarm ${time.swarm_ms.toFixed(0)} ms\n`)
}
report({
  bench: 'swarm',
  figures: {
    p95_ms: quantile(
      times.map((each) => each.swarm_ms),
      0.95,
    ),
    prompt_p95_ms: quantile(
      times.map((each) => each.nodes_ms),
      0.95,
    ),
  },
  budget: {},
})
