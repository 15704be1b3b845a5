/** Counting: what did not run is never counted as passed, and only doctor's word excuses a skip. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  countAttacks,
  countCheck,
  countFigures,
  countPlaywright,
  countSuite,
  countVerify,
  countVitest,
} from './reports.ts'
import { decideSkips } from './skips.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'drydock-reports-'))
afterAll(() => rmSync(folder, { recursive: true }))

const one = (status: string) => ({ fullName: `a ${status} test`, status, failureMessages: ['expected 1 to be 2'] })

test('vitest: passed, failed, skipped, and a file that could not be loaded', () => {
  const count = countVitest({
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [one('passed'), one('failed'), one('pending')] },
      { name: 'b.test.ts', status: 'failed', message: 'cannot find module', assertionResults: [] },
    ],
  })
  expect(count.passed).toBe(1)
  expect(count.failed.map((f) => f.name)).toEqual(['a failed test', 'b.test.ts'])
  expect(count.skipped).toEqual(['a pending test'])
})

test('what passed only when tried again is named; too much of it has failed', () => {
  const spec = { title: 'wobbles', tests: [{ status: 'flaky', results: [{ error: { message: 'no button' } }] }] }
  const file = path.join(folder, 'unsteady.json')
  for (const [times, failed] of [
    [3, 0],
    [4, 1],
  ] as const) {
    writeFileSync(
      file,
      JSON.stringify({ suites: [{ title: 'e2e', specs: Array.from({ length: times }, () => spec) }] }),
    )
    const count = countSuite('playwright', 0, file, '')
    expect(count.unsteady).toHaveLength(times)
    expect(count.unsteady[0]).toEqual({ name: 'e2e wobbles', message: 'no button' })
    expect(count.failed).toHaveLength(failed)
  }
  const unsteady = [{ lab: 'swarm/raft', case: 'untouched', expected: 'pass', observed: 'fail' }]
  expect(
    countVerify({ tasks: 3, mistakes: 3, cheats: 1, alternatives: 0, blocks: 2, deviations: [], unsteady }),
  ).toMatchObject({
    passed: 9,
    failed: [],
    unsteady: [{ name: 'swarm/raft: untouched' }],
  })
})

test('playwright: passed, skipped, and a test that passes only when repeated', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status, results: [] }] })
  const count = countPlaywright({
    suites: [
      {
        title: 'e2e',
        suites: [
          { title: 'lab', specs: [spec('works', 'expected'), spec('wobbles', 'flaky'), spec('waits', 'skipped')] },
        ],
      },
    ],
  })
  expect([count.passed, count.failed, count.unsteady.map((f) => f.name), count.skipped]).toEqual([
    2,
    [],
    ['e2e lab wobbles'],
    ['e2e lab waits'],
  ])
})

test('check, verify and figures', () => {
  expect(
    countCheck({
      parts: [
        { name: 'lint', ok: true },
        { name: 'types', ok: false },
      ],
    }),
  ).toMatchObject({ passed: 1, failed: [{ name: 'check types' }] })
  const deviations = [{ lab: 'layers/cache', case: 'untouched', expected: 'fail', observed: 'pass' }]
  expect(
    countVerify({ tasks: 3, mistakes: 3, cheats: 1, alternatives: 0, blocks: 2, deviations, unsteady: [] }),
  ).toMatchObject({
    passed: 8,
    failed: [{ name: 'layers/cache: untouched' }],
  })
  expect(countFigures({ ok: false, bench: 'start', figures: {}, budget: {} }).failed).toHaveLength(1)
})

test('attacks: one that escaped and one that was not proven have failed', () => {
  const count = countAttacks({ attacks: 5, held: 3, escaped: ['mknod'] })
  expect(count.passed).toBe(3)
  expect(count.failed.map((f) => f.name)).toEqual(['mknod', 'attack not proven'])
})

test('a suite without a report, with an empty one, or with a bad end has failed', () => {
  const file = path.join(folder, 'report.json')
  expect(countSuite('vitest', 0, file, '').failed).toHaveLength(1)
  writeFileSync(file, JSON.stringify({ testResults: [] }))
  expect(countSuite('vitest', 0, file, '').failed).toHaveLength(1)
  writeFileSync(
    file,
    JSON.stringify({ testResults: [{ name: 'a', status: 'passed', assertionResults: [one('passed')] }] }),
  )
  expect(countSuite('vitest', 0, file, '')).toMatchObject({ passed: 1, failed: [] })
  expect(countSuite('vitest', 1, file, '').failed).toHaveLength(1)
  expect(countSuite('verify', 0, file, 'no object here').failed).toHaveLength(1)
})

test('the last JSON object of the output counts', () => {
  const output = '{"parts":[]}\nnoise\n{"parts":[{"name":"lint","ok":true}],"ok":true}\n'
  expect(countSuite('check', 0, '', output).passed).toBe(1)
})

test('a skip is excused by a missing capability alone', () => {
  const skipped = ['a virtual IP answers [needs ipvs]', 'an overlay works [needs vxlan]', 'some day']
  const { count, reasons } = decideSkips({ passed: 1, failed: [], skipped, unsteady: [] }, [
    { name: 'ipvs', value: 'not in this kernel', ok: false },
    { name: 'vxlan', value: 'works', ok: true },
  ])
  expect(count.skipped).toEqual(['a virtual IP answers [needs ipvs]'])
  expect(count.failed.map((f) => f.name)).toEqual(['an overlay works [needs vxlan]', 'some day'])
  expect(reasons).toEqual(['a virtual IP answers [needs ipvs]: not in this kernel'])
})
