/** Bulk output: time from the command to its last byte, through the platform and by a raw `docker exec -it`, in turns. */
import { startPlatform } from '../harness/platform.ts'
import { median, report, rounds } from './figures.ts'
import { openOurs, openRaw, type Stream } from './streams.ts'

const megabytes = 20

async function speed(stream: Stream, round: number): Promise<number> {
  const marker = `end-${round}-of-it`
  const ended = stream.until(marker)
  const before = performance.now()
  stream.type(`head -c ${megabytes * 1_000_000} /root/bulk; echo end-${round}-of""-it\r`)
  return megabytes / (((await ended) - before) / 1000)
}

await using platform = await startPlatform()
const learner = platform.learner()
const session = await learner.start('architecture/first-commands')
const raw = await openRaw(platform.instance, `${session.id}-node1`)
const ours = await openOurs(learner, session.id)
const made = raw.until('made-2')
// Lines as a build or a log prints them, from a file so that making them is not measured.
raw.type(`seq -f 'line %08g of a long build log that nobody reads' 500000 > /root/bulk; echo made-$((1+1))\r`)
await made
const speeds = { raw: [] as number[], ours: [] as number[] }
for (let round = 0; round < rounds(5); round++) {
  speeds.raw.push(await speed(raw, round))
  speeds.ours.push(await speed(ours, round))
}
raw.close()
ours.close()
await learner.end(session.id)
const [mb_per_s, raw_mb_per_s] = [median(speeds.ours), median(speeds.raw)]
report({
  bench: 'throughput',
  figures: { mb_per_s, raw_mb_per_s, ratio: mb_per_s / raw_mb_per_s },
  budget: { ratio: { min: 0.8 } },
})
