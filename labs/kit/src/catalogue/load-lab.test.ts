/** Authors are told every mistake at once, each with its file and a way out; and the labs of this repository have none. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadCatalogue } from './load-catalogue.ts'
import { loadLab } from './load-lab.ts'

const labs = path.resolve(import.meta.dirname, '../../..')
let root: string
let folder: string

beforeEach(async () => {
  // Below the clone, so that the copy's checks.ts finds the kit.
  root = await mkdtemp(path.join(labs, '.test-'))
  folder = path.join(root, 'layers/cache')
  await mkdir(path.dirname(folder), { recursive: true })
  await cp(path.join(labs, 'layers/cache'), folder, { recursive: true })
})
afterEach(() => rm(root, { recursive: true, force: true }))

const edit = async (file: string, from: string | RegExp, to: string) => {
  const text = await readFile(path.join(folder, file), 'utf8')
  expect(text).toMatch(from)
  await writeFile(path.join(folder, file), text.replace(from, to))
}
const problems = async () => (await loadLab(folder)).problems.map((p) => `${p.file} ${p.message}`)

describe('a lab without mistakes', () => {
  test('is read with all its parts', async () => {
    const { lab } = await loadLab(folder)
    expect(lab?.id).toBe('layers/cache')
    expect(lab?.solution.map((s) => s.task)).toEqual(['build', 'cached', 'quiet', 'upgrade'])
    expect(lab?.solution[0]?.why).toMatch(/^The first build/)
    expect(lab?.solution[0]?.script).toBe('docker build -t tide .')
    expect(lab?.mistakes.filter((m) => m.cheat).map((m) => m.name)).toContain('cheat-source-left-out')
    expect(lab?.setup).toBeUndefined()
  })

  test('is what every lab of this repository is', async () => {
    const catalogue = await loadCatalogue(labs)
    expect(catalogue.problems).toEqual([])
    expect([...catalogue.labs.keys()]).toEqual(
      expect.arrayContaining(['architecture/first-commands', 'isolation/cgroups', 'layers/cache']),
    )
  })
})

describe('every mistake of an author is told', () => {
  test('in lab.yaml: unknown key, wrong value, missing field, `after` of a later task', async () => {
    await edit('lab.yaml', 'kind: challenge', 'kind: puzzle\ncolour: red')
    await edit('lab.yaml', /^minutes: .*\n/m, '')
    const told = await problems()
    expect(told).toContain('layers/cache/lab.yaml kind must be guided or challenge or incident')
    expect(told).toContain(
      "layers/cache/lab.yaml the top level has 'colour', which nothing reads: remove it or correct the spelling",
    )
    expect(told.join('\n')).toContain('lab.yaml minutes is missing')
  })

  test('in lab.yaml: no YAML at all', async () => {
    await writeFile(path.join(folder, 'lab.yaml'), 'title: [unclosed')
    expect((await problems())[0]).toMatch(/^layers\/cache\/lab.yaml is not YAML: /)
  })

  test('in checks.ts: foreign imports, missing and superfluous tasks, unknown hints', async () => {
    await edit('checks.ts', "hint: 'stale'", "hint: 'stail'")
    await edit(
      'checks.ts',
      'export default { build: buildIt, cached, quiet, upgrade }',
      'export default { build: buildIt, cached, quite: quiet, upgrade }',
    )
    await edit('checks.ts', 'import type', "import 'node:fs'\nimport type")
    const told = await problems()
    expect(told).toContain("layers/cache/checks.ts imports 'node:fs': checks use '@drydock/kit' alone")
    expect(told).toContain(
      "layers/cache/checks.ts selects hint 'stail', which no task in lab.yaml has: add it or correct the name",
    )
    expect(told).toContain("layers/cache/checks.ts has no function for task 'quiet': add it to the default export")
    expect(told).toContain(
      "layers/cache/checks.ts checks 'quite', which is not a task in lab.yaml: remove it or correct the name",
    )
  })

  test('in solution/: missing step, wrong order, no reasoning', async () => {
    await rm(path.join(folder, 'solution/02-cached.sh'))
    await writeFile(path.join(folder, 'solution/03-cached.sh'), 'true\n')
    await edit('solution/01-build.sh', /^# why: .*\n/, '')
    const told = (await problems()).join('\n')
    expect(told).toContain("solution there is no 02-cached.sh: add the step that solves task 'cached'")
    expect(told).toContain('solution/03-cached.sh belongs to no task')
    expect(told).toContain('solution/01-build.sh does not say why')
  })

  test('in mistakes/: unknown task and hint, impossible step, missing header, too few', async () => {
    await edit('mistakes/gitignore.sh', '# task: quiet', '# task: quit')
    await edit('mistakes/order-kept.sh', '# hint: order', '# hint: oder')
    await edit('mistakes/old-container.sh', '# after: 3', '# after: 9')
    await edit('mistakes/no-tag.sh', '# hint: tag\n', '')
    await rm(path.join(folder, 'mistakes/forgot-the-wheels.sh'))
    const told = (await problems()).join('\n')
    expect(told).toContain(
      "mistakes/gitignore.sh names task 'quit', which lab.yaml does not have: use one of build, cached, quiet, upgrade",
    )
    expect(told).toContain("mistakes/order-kept.sh selects hint 'oder', which task 'cached' does not have")
    expect(told).toContain("mistakes/old-container.sh applies after step '9': use a number from 0 to 4")
    expect(told).toContain('mistakes/no-tag.sh does not name its hint')
  })

  test('a mistake after the step that solved a task of type once can never show', async () => {
    await edit('mistakes/no-tag.sh', '# after: 0', '# after: 2')
    expect((await problems())[0]).toContain(
      "comes after the step that solves 'build', and a task of type once stays done: use at most 0",
    )
  })

  test('in the folder: files that nothing reads, a lab without checks', async () => {
    await mkdir(path.join(folder, 'solutions'))
    await rm(path.join(folder, 'checks.ts'))
    const told = (await problems()).join('\n')
    expect(told).toContain('layers/cache/solutions is not read by anything')
    expect(told).toContain('checks.ts is missing')
  })

  test('and the other labs load', async () => {
    await cp(path.join(labs, 'isolation/cgroups'), path.join(root, 'isolation/cgroups'), { recursive: true })
    await rm(path.join(folder, 'lab.yaml'))
    const catalogue = await loadCatalogue(root)
    expect([...catalogue.labs.keys()]).toEqual(['isolation/cgroups'])
    expect(catalogue.problems[0]?.file).toBe('layers/cache/lab.yaml')
  })
})
