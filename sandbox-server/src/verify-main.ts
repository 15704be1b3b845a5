/**
 * `labs verify` on the real engine: `verify-main.ts [topic/lab…] [--case name]… [--seed n] [--parallel n] [--no-lessons] [--again] [--json] [--outcomes]`, with the lab engine up; settings as the server's (DRYDOCK_STATE, DRYDOCK_LABS).
 * Progress on stderr; with `--json` the last line of stdout is one object. Exit status 1 when anything deviates, 2 for a wrong call.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { loadCatalogue, type Lab } from '@drydock/kit/catalogue'
import { casesOf, verifyLabs, type VerifyResult } from '@drydock/kit/verify'
import { pino } from 'pino'
import { patient } from '../../infra/patience.ts'
import { loadConfig } from './config.ts'
import { createDockerRuntime } from './runtime/docker/docker-runtime.ts'
import { createEngineBench } from './verify/engine-bench.ts'

const root = path.resolve(import.meta.dirname, '../..')
const say = (text: string) => void process.stderr.write(`${text}\n`)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    seed: { type: 'string', default: '1' },
    /** Proves this case alone: `solution`, or the name of a mistake, cheat or alternative; may be given several times. */
    case: { type: 'string', multiple: true },
    /** Cases at the same time, each on machines of its own. Much of a case is waiting: for a container to stop, for a server to answer. */
    parallel: { type: 'string', default: String(availableParallelism() + 2) },
    /** A few parts that deviate are proven a second time, alone; those that then hold are named, and do not count. */
    again: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Prints what each task says in each case, to be read as a learner would. */
    outcomes: { type: 'boolean', default: false },
    /** Types the shell blocks of their lessons, too; `--no-lessons` does not. */
    lessons: { type: 'boolean', default: true },
  },
})
process.exitCode = await main()

async function main(): Promise<number> {
  const seed = Number(values.seed)
  if (!Number.isInteger(seed)) return refuse(`--seed '${values.seed}' is not a whole number`)
  const parallel = Number(values.parallel)
  if (!Number.isInteger(parallel) || parallel < 1)
    return refuse(`--parallel '${values.parallel}' is not a whole number from 1 on`)
  // It serves nobody, whatever HOST says.
  const config = loadConfig(root, undefined, ['--insecure-lan'])
  const catalogue = await loadCatalogue(config.DRYDOCK_LABS)
  for (const p of catalogue.problems) say(`${p.file} ${p.message}`)
  const unknown = positionals.find((id) => !catalogue.labs.has(id))
  if (catalogue.problems.length === 0 && unknown)
    return refuse(`there is no lab '${unknown}'; there are ${[...catalogue.labs.keys()].join(', ')}`)
  const wanted = [...catalogue.labs.values()].filter((lab) => positionals.length === 0 || positionals.includes(lab.id))
  const labs = values.lessons ? wanted : wanted.map(({ lesson: _, ...lab }) => lab)

  const cases = new Set(labs.flatMap(casesOf))
  const stranger = values.case?.find((name) => !cases.has(name))
  if (stranger !== undefined) return refuse(`there is no case '${stranger}'; there are ${[...cases].join(', ')}`)

  const logger = pino({ level: 'warn' }, pino.destination(2))
  const runtime = createDockerRuntime({ instance: config.instance, logger })
  const accounts = path.join(config.instance.logs, 'verify')
  const keepAccount = (name: string, text: string) => {
    const file = path.join(accounts, `${name.replaceAll(/[^\w-]+/g, '-')}.log`)
    mkdirSync(accounts, { recursive: true })
    writeFileSync(file, text)
    say(`what its nodes say: ${file}`)
  }
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error('stopped')))
  const bench = createEngineBench({ runtime, logger, signal: stop.signal })
  const result = await verifyLabs(labs, bench, {
    seed,
    progress: say,
    again: values.again,
    pause: () => delay(patient(500)),
    settle_ms: patient(20_000),
    ...(values.case ? { cases: values.case } : {}),
    now: () => performance.now(),
    signal: stop.signal,
    parallel,
    account: keepAccount,
    ...(values.outcomes ? { outcomes: (name, outcomes) => say(`${name}\n${JSON.stringify(outcomes, null, 1)}`) } : {}),
  })
  if (stop.signal.aborted) return 130
  report(labs, result)
  const broken = catalogue.problems.map((p) => ({
    lab: p.file,
    case: 'catalogue',
    expected: 'a lab that can be read',
    observed: p.message,
  }))
  const all = { ...result, deviations: [...broken, ...result.deviations] }
  if (values.json) process.stdout.write(`${JSON.stringify(all)}\n`)
  return all.deviations.length > 0 ? 1 : 0
}

function report(labs: readonly Lab[], result: VerifyResult): void {
  for (const d of result.deviations)
    say(`✗ ${d.lab}, ${d.case}\n    expected: ${d.expected}\n    observed: ${d.observed}`)
  for (const d of result.unsteady)
    say(`~ ${d.lab}, ${d.case}: held when proven again\n    expected: ${d.expected}\n    observed: ${d.observed}`)
  for (const lab of labs)
    if (!result.deviations.some((d) => d.lab === lab.id))
      say(`✓ ${lab.id}  ${result.by_lab[lab.id] ?? 0} s of its machines' time`)
  say(
    `${result.labs} labs, ${result.tasks} tasks, ${result.mistakes} mistakes, ${result.cheats} cheats, ${result.alternatives} alternatives, ${result.blocks} blocks of lessons typed and ${result.no_run} not: ${result.deviations.length} deviations in ${result.seconds} s`,
  )
}

function refuse(why: string): number {
  say(why)
  return 2
}
