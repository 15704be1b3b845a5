/** Protects: `labs verify` finds a check that always passes and one that never does. Both are planted in a copy of a real lab and tried on the real engine. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { repository, testInstance } from '../harness/platform.ts'

const lab = 'architecture/first-commands'

/** What stands in front of and behind the real checks, whose default export becomes a constant. */
const planted = `
export default {
  ...real,
  hello: async () => pass('whatever'),
  log: async () => fail({ expected: 'nobody knows', observed: 'nothing', hint: 'real' }),
}
`

test('two planted checks are both reported, and nothing else', { timeout: 420_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'planted-'))
  try {
    const copy = path.join(folder, 'labs', lab)
    cpSync(path.join(repository, 'labs', lab), copy, { recursive: true })
    const file = path.join(copy, 'checks.ts')
    const real = readFileSync(file, 'utf8')
    expect(real).toContain('export default ')
    writeFileSync(file, real.replace('export default ', 'const real = ') + planted)
    symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'))
    const { status, result } = await verify(path.join(folder, 'labs'))
    expect(status).toBe(1)
    const cases = result.deviations.map((d) => d.case)
    expect(cases).toContain('untouched: hello')
    expect(cases).toContain('after step 5, log: log')
    // A broken check is blamed for itself and for what waits for it, never the sound ones.
    const blamed = new Set(cases.map((each) => each.split(': ').at(-1)))
    expect([...blamed].filter((task) => !['hello', 'log', 'stop', 'clean'].includes(task ?? ''))).toEqual([])
    expect(cases.filter((each) => each.startsWith('untouched'))).toEqual(['untouched: hello'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

interface Result {
  deviations: { lab: string; case: string; expected: string; observed: string }[]
}

function verify(labs: string): Promise<{ status: number | null; result: Result }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(repository, 'sandbox-server/src/verify-main.ts'), lab, '--json'], {
      env: { ...process.env, DRYDOCK_STATE: testInstance().state, DRYDOCK_LABS: labs },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    child.on('error', reject)
    child.on('close', (status) => {
      try {
        resolve({ status, result: JSON.parse(output.trim().split('\n').at(-1) ?? '') as Result })
      } catch (error) {
        reject(new Error(`verify ended with ${status} and printed: ${output.slice(-500)}`, { cause: error }))
      }
    })
  })
}
