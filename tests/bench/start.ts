/** Click to prompt: from the request that creates a session to the first byte of the prompt at a WebSocket client, one learner after another. */
import { setTimeout as delay } from 'node:timers/promises'
import type { SessionView } from '@drydock/sandbox-server/contract'
import { startPlatform, type Platform } from '../harness/platform.ts'
import { quantile, report, rounds } from './figures.ts'

/** Without a pool each machine is booted for its session. */
const cold = await measure('cold', { DRYDOCK_POOL_MAX: '0' })
/** A class comes by and by: each finds a machine that was booted ahead. */
const warm = await measure('warm', { DRYDOCK_POOL_MIN: '1' })

async function measure(what: string, env: Record<string, string>): Promise<number[]> {
  await using platform = await startPlatform({ env })
  const times: number[] = []
  for (let round = 0; round < rounds(30); round++) {
    if (what === 'warm') await untilWarm(platform)
    times.push(await startOne(platform))
    process.stderr.write(`  ${what} ${round + 1}: ${(times.at(-1) ?? 0).toFixed(0)} ms\n`)
  }
  return times
}

async function startOne(platform: Platform): Promise<number> {
  const learner = platform.learner()
  // A browser has its cookie from the page that the button is on.
  await learner.labs()
  const before = performance.now()
  const made = await learner.request<SessionView>('POST', '/api/sessions', { lab: 'architecture/first-commands' })
  const terminal = await learner.terminal(made.body.id)
  await terminal.waitFor(/\S/)
  const ms = performance.now() - before
  terminal.close()
  await learner.end(made.body.id)
  return ms
}

async function untilWarm(platform: Platform): Promise<void> {
  const learner = platform.learner()
  for (const until = Date.now() + 60_000; Date.now() < until; await delay(100))
    if ((await learner.request<{ warm: number }>('GET', '/api/health')).body.warm > 0) return
  throw new Error('no lab machine was booted ahead within a minute')
}

report({
  bench: 'start',
  figures: {
    warm_p50_ms: quantile(warm, 0.5),
    warm_p95_ms: quantile(warm, 0.95),
    cold_p50_ms: quantile(cold, 0.5),
    cold_p95_ms: quantile(cold, 0.95),
  },
  budget: { warm_p50_ms: { max: 300 }, warm_p95_ms: { max: 1000 }, cold_p95_ms: { max: 4000 } },
})
