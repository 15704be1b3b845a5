/** Reads what the test tools report and counts it: passed, failed with their words, skipped with their reasons, and what passed only when tried again. */
import { existsSync, readFileSync } from 'node:fs'

export interface Count {
  passed: number
  failed: { name: string; message: string }[]
  skipped: string[]
  /** Among those that passed: what failed first, on a machine that is never quiet. Each is a defect, of the test or of the product. */
  unsteady: { name: string; message: string }[]
}

/** More than this in one suite is no matter of chance. */
const mostUnsteady = 3

const nothing = (): Count => ({ passed: 0, failed: [], skipped: [], unsteady: [] })
const firstLines = (text: string) => text.trim().split('\n').slice(0, 12).join('\n')

interface VitestReport {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
  }[]
}

export function countVitest(report: VitestReport): Count {
  const count = nothing()
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      count.failed.push({ name: file.name, message: firstLines(file.message || 'the file could not be run') })
    for (const test of file.assertionResults) {
      if (test.status === 'passed') count.passed++
      else if (test.status === 'failed')
        count.failed.push({ name: test.fullName, message: firstLines(test.failureMessages?.[0] ?? 'no message') })
      else count.skipped.push(test.fullName)
    }
  }
  return count
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: { status: string; results: { error?: { message?: string } }[] }[] }[]
}

export function countPlaywright(report: { suites: PlaywrightSuite[]; errors?: { message?: string }[] }): Count {
  const count = nothing()
  const visit = (suite: PlaywrightSuite, above: string) => {
    const title = `${above} ${suite.title}`.trim()
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = `${title} ${spec.title}`
        const message = firstLines(test.results.find((r) => r.error)?.error?.message ?? test.status)
        if (test.status === 'skipped') count.skipped.push(name)
        else if (test.status === 'expected' || test.status === 'flaky') count.passed++
        else count.failed.push({ name, message })
        if (test.status === 'flaky') count.unsteady.push({ name, message })
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, title)
  }
  for (const suite of report.suites) visit(suite, '')
  for (const error of report.errors ?? [])
    count.failed.push({ name: 'Playwright', message: firstLines(error.message ?? 'error') })
  return count
}

export function countCheck(report: { parts: { name: string; ok: boolean }[] }): Count {
  return {
    ...nothing(),
    passed: report.parts.filter((part) => part.ok).length,
    failed: report.parts.filter((part) => !part.ok).map((part) => ({ name: `check ${part.name}`, message: '' })),
  }
}

interface VerifyDeviation {
  lab: string
  case: string
  expected: string
  observed: string
}
interface VerifyReport {
  tasks: number
  mistakes: number
  cheats: number
  alternatives: number
  blocks: number
  deviations: VerifyDeviation[]
  unsteady: VerifyDeviation[]
}

/** One test for each task, mistake, cheat and typed block of a lesson; each deviation is a failed one. */
export function countVerify(report: VerifyReport): Count {
  const tell = (d: VerifyDeviation) => ({
    name: `${d.lab}: ${d.case}`,
    message: `expected ${d.expected}\nobserved ${d.observed}`,
  })
  const failed = report.deviations.map(tell)
  const all = report.tasks + report.mistakes + report.cheats + report.alternatives + report.blocks
  return { ...nothing(), passed: Math.max(0, all - failed.length), failed, unsteady: report.unsteady.map(tell) }
}

/** A bench or soak run is one test: within its budget or not. */
export function countFigures(report: {
  ok: boolean
  bench?: string
  soak?: string
  figures?: unknown
  budget?: unknown
}): Count {
  const name = report.bench ?? report.soak ?? 'figures'
  if (report.ok) return { ...nothing(), passed: 1 }
  return {
    ...nothing(),
    failed: [{ name, message: `${JSON.stringify(report.figures)}, allowed ${JSON.stringify(report.budget)}` }],
  }
}

interface AttacksReport {
  attacks: number
  held: number
  escaped: string[]
}

/** One test for each attack. One whose control did not work has proven nothing; its name is in the output. */
export function countAttacks(report: AttacksReport): Count {
  const failed = report.escaped.map((name) => ({ name, message: 'the attack got through' }))
  const rest = report.attacks - report.held - failed.length
  for (let i = 0; i < rest; i++)
    failed.push({ name: 'attack not proven', message: 'it was not shown to work without its guard, or broke down' })
  return { ...nothing(), passed: report.held, failed }
}

const counters = {
  vitest: (file: string, _output: string) => countVitest(readJson(file) as VitestReport),
  playwright: (file: string, _output: string) =>
    countPlaywright(readJson(file) as Parameters<typeof countPlaywright>[0]),
  check: (_file: string, output: string) => countCheck(lastObject(output) as Parameters<typeof countCheck>[0]),
  verify: (_file: string, output: string) => countVerify(lastObject(output) as VerifyReport),
  attacks: (_file: string, output: string) => countAttacks(lastObject(output) as AttacksReport),
  figures: (_file: string, output: string) => countFigures(lastObject(output) as Parameters<typeof countFigures>[0]),
}

/**
 * What a suite's run amounts to. `file`: where its reporter wrote; `output`: what it printed. A report that is missing or
 * empty, and a status that disagrees with the report, count as one failed test.
 */
export function countSuite(kind: keyof typeof counters, status: number, file: string, output: string): Count {
  let count: Count
  try {
    count = counters[kind](file, output)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      ...nothing(),
      failed: [{ name: 'the suite could not run', message: `status ${status}, no report: ${why}` }],
    }
  }
  if (count.unsteady.length > mostUnsteady)
    count.failed.push({
      name: 'too much passed only when tried again',
      message: `${count.unsteady.length} of this suite`,
    })
  if (count.passed + count.failed.length + count.skipped.length === 0)
    count.failed.push({ name: 'the suite could not run', message: `status ${status}, and no test in its report` })
  else if (status !== 0 && count.failed.length === 0)
    count.failed.push({ name: 'the suite ended badly', message: `status ${status}, although no test failed` })
  return count
}

function readJson(file: string): unknown {
  if (!existsSync(file)) throw new Error('it wrote none')
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The last line that is a JSON object; commands print theirs last. */
function lastObject(output: string): unknown {
  const line = output
    .trimEnd()
    .split('\n')
    .findLast((each) => each.startsWith('{'))
  if (line === undefined) throw new Error('it printed no JSON object')
  return JSON.parse(line)
}
