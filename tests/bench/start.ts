/** Click to prompt: from the request that creates a session to the first byte of the prompt at a WebSocket client, one learner after another. */
import type { SessionView } from '@drydock/sandbox-server/contract'
import { startPlatform } from '../harness/platform.ts'
import { quantile, report, rounds } from './figures.ts'

await using platform = await startPlatform()
const times: number[] = []
for (let round = 0; round < rounds(30); round++) {
  const learner = platform.learner()
  // A browser has its cookie from the page that the button is on.
  await learner.labs()
  const before = performance.now()
  const made = await learner.request<SessionView>('POST', '/api/sessions', { lab: 'architecture/first-commands' })
  const terminal = await learner.terminal(made.body.id)
  await terminal.waitFor(/\S/)
  times.push(performance.now() - before)
  process.stderr.write(`  ${round + 1}: ${(times.at(-1) ?? 0).toFixed(0)} ms\n`)
  terminal.close()
  await learner.end(made.body.id)
}
report({
  bench: 'start',
  figures: { cold_p50_ms: quantile(times, 0.5), cold_p95_ms: quantile(times, 0.95) },
  budget: { cold_p95_ms: { max: 4000 } },
})
