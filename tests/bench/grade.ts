/** How long after the last command an observing check says so: a limit is set and lifted in turns, each time until its task has followed. */
import { startPlatform } from '../harness/platform.ts'
import { quantile, report, rounds } from './figures.ts'

await using platform = await startPlatform()
const learner = platform.learner()
const session = await learner.start('isolation/cgroups')
const events = await learner.events(session.id)
const terminal = await learner.terminal(session.id)
const times: number[] = []

/** Runs a command and waits for the task's next outcome that says `done`. */
async function follow(command: string, done: boolean): Promise<number> {
  const before = events.all.length
  await terminal.run(command)
  const ended = performance.now()
  await events.find(
    (event) =>
      event.type === 'task' &&
      event.task.id === 'cap-memory' &&
      event.task.done === done &&
      events.all.indexOf(event) >= before,
  )
  return Math.max(0, performance.now() - ended)
}

// The lab's own containers are made after the prompt is there.
await terminal.run('until docker inspect ledger >/dev/null 2>&1; do sleep 0.2; done')
for (let round = 0; round < rounds(30); round++) {
  times.push(await follow('docker update --memory 96m --memory-swap 96m ledger', true))
  times.push(await follow('docker update --memory 200m --memory-swap 200m ledger', false))
}
events.close()
terminal.close()
await learner.end(session.id)
report({
  bench: 'grade',
  figures: { p50_ms: quantile(times, 0.5), p95_ms: quantile(times, 0.95) },
  budget: { p95_ms: { max: 1000 } },
})
