/** What our way adds to a keystroke's echo: the same shell asked through the platform and by a raw `docker exec -it`, in turns. */
import { startPlatform } from '../harness/platform.ts'
import { median, report, rounds } from './figures.ts'
import { echoes, openOurs, openRaw, untilPrompt } from './streams.ts'

await using platform = await startPlatform()
const learner = platform.learner()
const session = await learner.start('architecture/first-commands')
const raw = await openRaw(platform.instance, `${session.id}-node1`)
const ours = await openOurs(learner, session.id)
for (const stream of [raw, ours]) await untilPrompt(stream)
const times = { raw: [] as number[], ours: [] as number[] }
for (let round = 0; round < rounds(20); round++) {
  times.raw.push(...(await echoes(raw, 25)))
  times.ours.push(...(await echoes(ours, 25)))
}
const [p50, raw_p50] = [median(times.ours), median(times.raw)]
raw.close()
ours.close()
await learner.end(session.id)
report({
  bench: 'echo',
  figures: { p50_ms: p50, raw_p50_ms: raw_p50, added_ms: p50 - raw_p50, ratio: p50 / raw_p50 },
  budget: { added_ms: { max: 1 } },
})
