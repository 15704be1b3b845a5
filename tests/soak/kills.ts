/** `npm run soak -- kills [--rounds 100]`: the server killed again and again under a learner who works; `npm test` does ten rounds of the same. */
import { setTimeout as delay } from 'node:timers/promises'
import { rounds, report } from '../bench/figures.ts'
import { killRounds, nodesOf } from '../faults/kill-rounds.ts'
import { startPlatform } from '../harness/platform.ts'

await using platform = await startPlatform()
const count = rounds(100)
const before = await nodesOf(platform.instance)
const more = async () => (await nodesOf(platform.instance)).filter((name) => !before.includes(name)).length
const result = await killRounds(platform, count, (round) => process.stderr.write(`  round ${round} of ${count}\n`))
// Everything of a session is gone within ten seconds of its end.
for (let tries = 0; tries < 100 && (await more()) > 0; tries++) await delay(100)
const leaked_nodes = await more()
report({
  bench: 'kills',
  kind: 'soak',
  figures: { rounds: count, ...result, leaked_nodes },
  budget: { lost: { max: 0 }, repeated_or_missing: { max: 0 }, left_attached: { max: 0 }, leaked_nodes: { max: 0 } },
})
