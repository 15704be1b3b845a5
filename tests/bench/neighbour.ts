/** A quiet learner's echo while nine others burn processors, disk and output; and the same learner's echo alone, in the same run. */
import { startPlatform } from '../harness/platform.ts'
import { quantile, report, rounds } from './figures.ts'
import { echoes, openOurs, untilPrompt } from './streams.ts'

const noise = [
  'sh -c "while :; do :; done & while :; do :; done"',
  'sh -c "while :; do dd if=/dev/zero of=/root/fill bs=1M count=200 conv=fsync 2>/dev/null; done"',
  'yes',
]
const lab = 'architecture/first-commands'

await using platform = await startPlatform({ env: { DRYDOCK_MAX_SESSIONS: '10' } })
const quiet = platform.learner()
const session = await quiet.start(lab)
const stream = await openOurs(quiet, session.id)
await untilPrompt(stream)

async function measure(): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds(12); round++) times.push(...(await echoes(stream, 25)))
  return times
}

const alone = await measure()
const others = await Promise.all(
  Array.from({ length: 9 }, async (_, i) => {
    const learner = platform.learner()
    const { id } = await learner.start(lab, { timeout_ms: 120_000 })
    const terminal = await openOurs(learner, id)
    await untilPrompt(terminal)
    return { learner, id, terminal, command: noise[i % noise.length] ?? '' }
  }),
)
for (const { terminal, command } of others) terminal.type(`${command}\r`)
const beside = await measure()
for (const { learner, id, terminal } of others) {
  terminal.close()
  await learner.end(id)
}
stream.close()
await quiet.end(session.id)
report({
  bench: 'neighbour',
  figures: { quiet_p95_ms: quantile(beside, 0.95), alone_p95_ms: quantile(alone, 0.95) },
  budget: { quiet_p95_ms: { max: 25 } },
})
