/** `npm test`: brings up a lab engine of its own, runs every suite of the table, counts, and stops what it started. */
import { mkdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
import path from 'node:path'
import { onLabEngine } from '../../infra/cli/bring-up.ts'
import { UsageError, type CommandContext } from '../../infra/cli/command.ts'
import { takeLock } from '../../infra/cli/lock.ts'
import { formatSeconds } from '../../infra/cli/progress.ts'
import { runChild } from '../../infra/cli/run-child.ts'
import { runSteps } from '../../infra/cli/run-steps.ts'
import { stopServer } from '../../infra/cli/server-process.ts'
import { siteStep } from '../../infra/cli/site-step.ts'
import type { Capability } from '../../infra/doctor/capability.ts'
import { findCapabilities } from '../../infra/doctor/main.ts'
import { StepError } from '../../infra/cli/step.ts'
import { browserPackage, postgresPackage, roomPackages } from '../../infra/host/programs.ts'
import { suites, type Suite } from '../suites.ts'
import { groupSuites } from './group-suites.ts'
import { countSuite, type Count } from './reports.ts'
import { decideSkips } from './skips.ts'

interface Totals {
  passed: number
  failed: number
  skipped: number
  reasons: string[]
  unsteady: string[]
  /** Milliseconds of each suite. */
  spent: Map<string, number>
}

/** What the whole suite may take, in milliseconds. */
const hour = 3_600_000

export async function test(context: CommandContext): Promise<number> {
  const chosen = chooseSuites(context.args)
  const release = takeLock(context.instance, 'test')
  const totals: Totals = { passed: 0, failed: 0, skipped: 0, reasons: [], unsteady: [], spent: new Map() }
  const since = Date.now()
  try {
    const quick = chosen.filter((suite) => !suite.engine)
    for (const suite of quick) await runGroup([suite], context, totals)
    const rest = chosen.filter((suite) => suite.engine)
    if (rest.length > 0) await runOnEngine(rest, context, totals)
  } finally {
    release()
  }
  context.progress.close()
  for (const reason of totals.reasons) process.stdout.write(`skipped: ${reason}\n`)
  for (const name of totals.unsteady) process.stdout.write(`passed only when tried again, to be mended: ${name}\n`)
  process.stdout.write(
    `\n${chosen.length} suites in ${formatSeconds(Date.now() - since)}; logs in ${context.instance.logs}\n`,
  )
  if (chosen.length === suites.length) process.stdout.write(`${shares(totals.spent)}\n`)
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1
}

/** Each suite's share of the hour, the largest first; the rest brings up and stops the engine. */
function shares(spent: ReadonlyMap<string, number>): string {
  const parts = [...spent]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, ms]) => `${name} ${Math.round((ms / hour) * 100)} %`)
  return `shares of the hour: ${parts.join(', ')}`
}

function chooseSuites(names: readonly string[]): Suite[] {
  const wanted = names.filter((name) => !name.startsWith('--'))
  const unknown = wanted.find((name) => !suites.some((suite) => suite.name === name))
  if (unknown !== undefined)
    throw new UsageError(`There is no suite '${unknown}'. Suites: ${suites.map((suite) => suite.name).join(', ')}.`)
  return suites.filter((suite) => wanted.length === 0 || wanted.includes(suite.name))
}

/** When the engine cannot be brought up, each suite that needs it has failed. */
async function runOnEngine(rest: readonly Suite[], context: CommandContext, totals: Totals): Promise<void> {
  let begun = 0
  try {
    const browser = rest.some((suite) => suite.report === 'playwright') ? browserPackage() : {}
    const more = { ...browser, ...postgresPackage, ...roomPackages }
    const work = async () => {
      await runSteps([siteStep], context)
      for (const group of groupSuites(rest, suites)) {
        begun += group.length
        await runGroup(group, context, totals)
        await stopServer(context.instance)
      }
    }
    await onLabEngine(context, work, more)
  } catch (error) {
    context.signal.throwIfAborted()
    const why =
      error instanceof StepError
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error)
    totals.failed += Math.max(1, rest.length - begun)
    context.progress.say(
      `\n${why}\n\nCould not run: ${
        rest
          .slice(begun)
          .map((suite) => suite.name)
          .join(', ') || 'the end of the suite'
      }`,
    )
  }
}

async function runGroup(group: readonly Suite[], context: CommandContext, totals: Totals): Promise<void> {
  context.signal.throwIfAborted()
  const capabilities = await findCapabilities(context.instance)
  // Whatever becomes of one, the others are over before this is.
  const runs = await Promise.allSettled(group.map((suite) => runSuite(suite, capabilities, context, totals)))
  for (const run of runs) if (run.status === 'rejected') throw run.reason
}

async function runSuite(
  suite: Suite,
  capabilities: readonly Capability[],
  context: CommandContext,
  totals: Totals,
): Promise<void> {
  const { progress } = context
  const task = progress.begin(suite.name)
  const lacking = capabilities.find((c) => !c.ok && suite.needs?.includes(c.name))
  if (lacking) {
    totals.skipped++
    totals.reasons.push(`${suite.name} [needs ${lacking.name}]: ${lacking.value}`)
    task.end('there', `skipped: needs ${lacking.name}`)
    return
  }
  const began = Date.now()
  const { output, status, report, log } = await execute(suite, context)
  totals.spent.set(suite.name, Date.now() - began)
  const { count, reasons } = decideSkips(countSuite(suite.report, status, report, output), capabilities)
  totals.passed += count.passed
  totals.failed += count.failed.length
  totals.skipped += count.skipped.length
  totals.reasons.push(...reasons)
  task.end(count.failed.length === 0 ? 'done' : 'failed', summary(count))
  for (const failure of count.failed) progress.say(`    ✗ ${failure.name}\n${failure.message.replace(/^/gm, '      ')}`)
  for (const wobble of count.unsteady) {
    totals.unsteady.push(`${suite.name}: ${wobble.name}`)
    progress.say(`    ~ ${wobble.name}, passed when tried again\n${wobble.message.replace(/^/gm, '      ')}`)
  }
  if (count.failed.length + count.unsteady.length > 0) progress.say(`    its output: ${log}`)
}

async function execute(suite: Suite, context: CommandContext) {
  const { instance } = context
  const folder = path.join(instance.logs, 'suites')
  mkdirSync(folder, { recursive: true })
  const report = path.join(folder, `${suite.name}.json`)
  const log = path.join(folder, `${suite.name}.log`)
  rmSync(report, { force: true })
  writeFileSync(log, '')
  let output = ''
  const argv = suite.report === 'vitest' ? [...suite.command, `--outputFile.json=${report}`] : suite.command
  const status = await runChild(argv, context, {
    env: { FORCE_COLOR: '0', NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    log: (text) => {
      output = (output + text).slice(-4_000_000)
      appendFileSync(log, text)
    },
    timeout_ms: suite.minutes * 60_000,
  })
  context.signal.throwIfAborted()
  return { output, status, report, log }
}

function summary(count: Count): string {
  const parts = [`${count.passed} passed`]
  if (count.failed.length > 0) parts.push(`${count.failed.length} failed`)
  if (count.skipped.length > 0) parts.push(`${count.skipped.length} skipped`)
  if (count.unsteady.length > 0) parts.push(`${count.unsteady.length} when tried again`)
  return parts.join(', ')
}
