/** Reads one lab's folder; every mistake of its author is reported at once, not the first alone. */
import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { readLesson, type Lesson } from '../lesson/index.ts'
import { playgroundTopic } from '../playground.ts'
import { labId } from '../schema.ts'
import type { Checks } from '../check.ts'
import type { Manifest } from '../schema.ts'
import type { Lab, Problem } from './lab.ts'
import { parseManifest } from './manifest.ts'
import { readAlternatives, readMistakes, readSolution } from './scripts.ts'
import { unknownIn } from './values.ts'

/** `sources`: what `files/` is made from, for maintainers; it reaches no node. */
const entries = [
  'lab.yaml',
  'checks.ts',
  'checks.test.ts',
  'setup.sh',
  'files',
  'solution',
  'mistakes',
  'alternatives',
  'sources',
]
/** Bytes: files are copied into every node of this lab, and a work folder is kept up to 20 MB. */
const maxFiles = 10_000_000

export type Loaded = { lab: Lab; problems: [] } | { lab?: undefined; problems: Problem[] }

/** `folder`: absolute, `…/<topic>/<lab>`. */
export async function loadLab(folder: string): Promise<Loaded> {
  const id = folder.split(path.sep).slice(-2).join('/')
  const problems: Problem[] = []
  const report = (file: string, message: string) => problems.push({ file: path.join(id, file), message })

  if (!labId.safeParse(id).success)
    report('', 'is not a lab id: use <topic>/<lab> in lower-case letters, digits and dashes')
  if (id.startsWith(`${playgroundTopic}/`)) report('', 'is in the topic of the playground: choose another topic')
  for (const name of await readdir(folder))
    if (!entries.includes(name) && !name.startsWith('.'))
      report(name, `is not read by anything: a lab has ${entries.join(', ')}`)

  const manifest = await readManifest(folder, report)
  if (!manifest) return { problems }

  const files = await sizeOf(path.join(folder, 'files'))
  if (files !== undefined && files > maxFiles)
    report('files', `has ${Math.round(files / 1e6)} MB: a learner's start must stay below ${maxFiles / 1e6} MB`)
  const setup = await text(path.join(folder, 'setup.sh'))
  for (const name of unknownIn(setup ?? '', manifest))
    report('setup.sh', `uses $${name}, which no value of lab.yaml stands behind: declare it below values`)
  const solution = await readSolution(folder, manifest)
  const mistakes = await readMistakes(folder, manifest)
  const alternatives = await readAlternatives(folder, manifest)
  for (const p of [solution, mistakes, alternatives].flatMap((read) => read.problems)) report(p.file, p.message)
  const names = new Set(mistakes.found.map((mistake) => mistake.name))
  for (const { name } of alternatives.found)
    if (names.has(name)) report(`alternatives/${name}.sh`, `is called as a mistake is: choose another name`)
  const checks = await readChecks(folder, manifest, report)

  if (problems.length > 0 || !checks) return { problems }
  const lab: Lab = {
    id,
    folder,
    manifest,
    checks,
    files: files === undefined ? undefined : path.join(folder, 'files'),
    solution: solution.found,
    mistakes: mistakes.found,
    alternatives: alternatives.found,
  }
  const lesson = await readLessonOf(id, folder)
  return { lab: { ...lab, ...(setup === undefined ? {} : { setup }), ...(lesson && { lesson }) }, problems: [] }
}

type Report = (file: string, message: string) => void

async function readManifest(folder: string, report: Report): Promise<Manifest | undefined> {
  const yaml = await text(path.join(folder, 'lab.yaml'))
  if (yaml === undefined) return void report('lab.yaml', 'is missing: add it (labs/README.md shows one)')
  const parsed = parseManifest(yaml)
  if ('manifest' in parsed) return parsed.manifest
  for (const problem of parsed.problems) report('lab.yaml', problem)
  return undefined
}

async function readChecks(folder: string, manifest: Manifest, report: Report): Promise<Checks | undefined> {
  const source = await text(path.join(folder, 'checks.ts'))
  if (source === undefined) return void report('checks.ts', 'is missing: export a function for each task as default')
  for (const [, from] of source.matchAll(/^(?:import|export)\b(?:[^'"]*?\bfrom)?\s*['"]([^'"]+)['"]/gm))
    if (from !== '@drydock/kit') report('checks.ts', `imports '${from}': checks use '@drydock/kit' alone`)
  const hints = new Set(manifest.tasks.flatMap((t) => t.hints.map((h) => h.id)))
  for (const [, hint] of source.matchAll(/\bhint: '([^']+)'/g))
    if (!hints.has(hint!))
      report('checks.ts', `selects hint '${hint}', which no task in lab.yaml has: add it or correct the name`)
  for (const [, dotted, quoted] of source.matchAll(/\.values(?:\.([A-Za-z_]\w*)|\['([^']+)'\])/g))
    if (!((dotted ?? quoted!) in manifest.values))
      report('checks.ts', `reads value '${dotted ?? quoted}', which lab.yaml does not have: declare it below values`)
  let exported: unknown
  try {
    const file = path.join(folder, 'checks.ts')
    // Once for each version of the file: an author who changes it is heard, everyone else loads it once.
    const version = Math.round((await stat(file)).mtimeMs)
    exported = ((await import(`${pathToFileURL(file).href}?version=${version}`)) as { default?: unknown }).default
  } catch (error) {
    return void report('checks.ts', `cannot be loaded: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof exported !== 'object' || exported === null)
    return void report('checks.ts', 'has no default export: export an object with one function for each task')
  const checks = exported as Record<string, unknown>
  const ids = manifest.tasks.map((t) => t.id)
  for (const id of ids)
    if (typeof checks[id] !== 'function')
      report('checks.ts', `has no function for task '${id}': add it to the default export`)
  for (const id of Object.keys(checks))
    if (!ids.includes(id))
      report('checks.ts', `checks '${id}', which is not a task in lab.yaml: remove it or correct the name`)
  return checks as Checks
}

async function readLessonOf(id: string, folder: string): Promise<Lesson | undefined> {
  const file = path.join('lessons', id, 'lesson.mdx')
  const source = await text(path.resolve(folder, '../../..', file))
  return source === undefined ? undefined : readLesson(file, source)
}

async function text(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}

/** Bytes in all files below a folder, undefined when there is no such folder. */
async function sizeOf(folder: string): Promise<number | undefined> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => undefined)
  if (!found) return undefined
  const sizes = await Promise.all(
    found.filter((e) => e.isFile()).map(async (e) => (await stat(path.join(e.parentPath, e.name))).size),
  )
  return sizes.reduce((a, b) => a + b, 0)
}
