/**
 * A quiet learner's echo while nine others burn processors, disk and output; and the same learner's echo alone, in the same run.
 * The nine sit in a thread of their own: what they read must not hold up the clock of the one who is measured.
 */
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createLearner } from '../harness/learner.ts'
import { startPlatform } from '../harness/platform.ts'
import { quantile, report, rounds } from './figures.ts'
import { echoes, openOurs, untilPrompt } from './streams.ts'

const lab = 'architecture/first-commands'
const noise = [
  'sh -c "while :; do :; done & while :; do :; done"',
  'sh -c "while :; do dd if=/dev/zero of=/root/fill bs=1M count=200 conv=fsync 2>/dev/null; done"',
  'yes',
]

if (isMainThread) await measure()
else await makeNoise(workerData as string)

async function measure(): Promise<void> {
  await using platform = await startPlatform({ env: { DRYDOCK_MAX_SESSIONS: '10' } })
  const quiet = platform.learner()
  const session = await quiet.start(lab)
  const stream = await openOurs(quiet, session.id)
  await untilPrompt(stream)
  const times = async () => {
    const all: number[] = []
    for (let round = 0; round < rounds(12); round++) all.push(...(await echoes(stream, 25)))
    return all
  }
  const alone = await times()
  const others = new Worker(import.meta.filename, { workerData: platform.url })
  await once(others, 'message')
  const beside = await times()
  others.postMessage('enough')
  await once(others, 'exit')
  stream.close()
  await quiet.end(session.id)
  report({
    bench: 'neighbour',
    figures: { quiet_p95_ms: quantile(beside, 0.95), alone_p95_ms: quantile(alone, 0.95) },
    budget: { quiet_p95_ms: { max: 25 } },
  })
}

/** Says when all nine are loud, and is loud until it is told that it is enough. */
async function makeNoise(url: string): Promise<void> {
  const others = await Promise.all(
    Array.from({ length: 9 }, async (_, i) => {
      const learner = createLearner(url)
      const { id } = await learner.start(lab, { timeout_ms: 120_000 })
      const terminal = await openOurs(learner, id)
      await untilPrompt(terminal)
      return { learner, id, terminal, command: noise[i % noise.length] ?? '' }
    }),
  )
  for (const { terminal, command } of others) terminal.type(`${command}\r`)
  parentPort?.postMessage('loud')
  if (parentPort) await once(parentPort, 'message')
  for (const { learner, id, terminal } of others) {
    terminal.close()
    await learner.end(id)
  }
  parentPort?.close()
}
