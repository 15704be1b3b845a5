/** Steps, cache hits and reasons are read from the builder's JSON as buildx 0.13 prints it. */
import { expect, test } from 'vitest'
import { readProgress } from './builds.ts'

const vertex = (digest: string, name: string, more: object = {}) =>
  JSON.stringify({ vertexes: [{ digest, name, ...more }] }, null, 2)
const at = (s: number) => `2026-11-23T10:36:${String(s).padStart(2, '0')}.5Z`

test('folds the many reports about a step into one, in the order of the Dockerfile', () => {
  const output = [
    vertex('c', '[3/3] RUN pip install'),
    vertex('i', '[internal] load build context', { started: at(1), completed: at(2) }),
    vertex('b', '[2/3] COPY . .', { cached: true }),
    vertex('c', '[3/3] RUN pip install', { started: at(3) }),
    vertex('c', '[3/3] RUN pip install', { started: at(3), completed: at(7) }),
  ].join('\n')
  expect(readProgress(`${output}\n`, 0)).toEqual({
    ok: true,
    problem: '',
    steps: [
      { name: '[2/3] COPY . .', cached: true, ms: 0 },
      { name: '[3/3] RUN pip install', cached: false, ms: 4000 },
    ],
  })
})

test('a failed step is explained by the last error that its program printed', () => {
  const said = Buffer.from(
    'Looking in links: wheels\nERROR: No matching distribution found for tides\nbye ✓\n',
  ).toString('base64')
  const output = [
    vertex('c', '[3/3] RUN pip install', { started: at(3), completed: at(4), error: 'exit code: 1' }),
    JSON.stringify({ logs: [{ vertex: 'c', stream: 2, data: said }] }, null, 2),
    'ERROR: failed to solve: process did not complete',
  ].join('\n')
  const build = readProgress(output, 1)
  expect(build.ok).toBe(false)
  expect(build.problem).toBe('ERROR: No matching distribution found for tides ([3/3] RUN pip install)')
})

test('what is not JSON is the problem when no step failed', () => {
  expect(
    readProgress('ERROR: failed to read dockerfile: open Dockerfile: no such file or directory', 1).problem,
  ).toContain('no such file')
})

test('an answer that is cut off in the middle keeps what came before', () => {
  const output = `${vertex('b', '[2/3] COPY . .', { cached: true })}\n{\n  "vertexes": [\n    {`
  expect(readProgress(output, 0).steps).toHaveLength(1)
})
