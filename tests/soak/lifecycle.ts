/** `npm run soak -- lifecycle [--rounds 200] [--seed 1]`: server, lab engine and nodes killed at random under learners who work; `npm test` does twenty rounds of the same. */
import { parseArgs } from 'node:util'
import { report } from '../bench/figures.ts'
import { lifecycleRounds } from '../faults/lifecycle-rounds.ts'
import { plantLabs } from '../harness/planted-labs.ts'
import { startPlatform } from '../harness/platform.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const [rounds, seed] = [Number(values.rounds), Number(values.seed)]
using labs = plantLabs()
await using platform = await startPlatform({ env: { DRYDOCK_LABS: labs.folder, DRYDOCK_SESSION_TIME: '12h' } })
const progress = (text: string) => void process.stderr.write(`  ${text}\n`)
const result = await lifecycleRounds(platform, { rounds, seed, progress })
report({
  bench: 'lifecycle',
  kind: 'soak',
  figures: { rounds, seed, ...result },
  budget: { lost: { max: 0 }, repeated_or_missing: { max: 0 }, left_attached: { max: 0 }, leaked: { max: 0 } },
})
