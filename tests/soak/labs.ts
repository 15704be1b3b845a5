/**
 * `npm run soak -- labs [topic/lab…] [--rounds 20] [--first 1]`: proves again and again, each round with another seed, every lab whose checks
 * have to do with time: those that act, sample, wait or read when something was. Lessons are not typed: they have no checks of their own. A
 * case that deviates in one round and not in another is flaky. Twenty rounds take hours; `--first` goes on with a later one.
 */
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repository } from '../harness/platform.ts'
import { count, report, rounds } from '../bench/figures.ts'

interface Result {
  deviations: { lab: string; case: string; expected: string; observed: string }[]
}

/** What in a check has to do with time. */
const timing = /\b(sample_ms|timeout_ms|containerEvents|startedAt|finishedAt|setTimeout|Date\.now)\b/

function timed(): string[] {
  return globSync('labs/*/*/lab.yaml', { cwd: repository })
    .map((file) => path.dirname(path.join(repository, file)))
    .filter((folder) => {
      const acts = /^\s*check: acting$/m.test(readFileSync(path.join(folder, 'lab.yaml'), 'utf8'))
      return acts || timing.test(readFileSync(path.join(folder, 'checks.ts'), 'utf8'))
    })
    .map((folder) => path.relative(path.join(repository, 'labs'), folder))
    .toSorted()
}

function verify(labs: readonly string[], seed: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const script = path.join(repository, 'sandbox-server/src/verify-main.ts')
    const child = spawn(process.execPath, [script, ...labs, '--json', '--no-lessons', '--seed', String(seed)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    child.on('error', reject)
    child.on('close', (status) => {
      const last = output.trim().split('\n').at(-1) ?? ''
      if (status === 0 || status === 1) resolve(JSON.parse(last) as Result)
      else reject(new Error(`verify ended with ${status} in round ${seed}`))
    })
  })
}

const named = process.argv.slice(2).filter((argument) => argument.includes('/'))
const labs = named.length > 0 ? named : timed()
const [of, first] = [rounds(20), count('--first', 1)]
/** By lab and case: the rounds in which it deviated. */
const deviated = new Map<string, number[]>()
for (let round = first; round < first + of; round++) {
  const { deviations } = await verify(labs, round)
  for (const name of new Set(deviations.map((each) => `${each.lab}, ${each.case}`)))
    deviated.set(name, [...(deviated.get(name) ?? []), round])
  process.stderr.write(`  round ${round} of ${first} to ${first + of - 1}: ${deviations.length} deviations\n`)
  for (const { lab, case: name, expected, observed } of deviations)
    process.stderr.write(`    ${lab}, ${name}\n      expected: ${expected}\n      observed: ${observed}\n`)
}
for (const [name, which] of deviated)
  process.stderr.write(`  ✗ ${name}: in ${which.length} of ${of} (${which.join(', ')})\n`)
const flaky = [...deviated.values()].filter((which) => which.length < of).length
report({
  bench: 'labs',
  kind: 'soak',
  figures: { labs: labs.length, rounds: of, flaky, always_wrong: deviated.size - flaky },
  budget: { flaky: { max: 0 }, always_wrong: { max: 0 } },
})
