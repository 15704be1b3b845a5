/** Reads `solution/`, `mistakes/` and `alternatives/` of a lab against its manifest. */
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Manifest } from '../schema.ts'
import { parseScript, unknownKeys } from './headers.ts'
import { unknownIn } from './values.ts'
import type { Alternative, Mistake, Problem, Step } from './lab.ts'

type Read<T> = { found: T[]; problems: Problem[] }

export async function readSolution(folder: string, manifest: Manifest): Promise<Read<Step>> {
  const wanted = manifest.tasks.filter((t) => t.type !== 'guard').map((t) => t.id)
  const names = await list(path.join(folder, 'solution'))
  const problems: Problem[] = []
  const found: Step[] = []
  for (const [i, task] of wanted.entries()) {
    const name = `${String(i + 1).padStart(2, '0')}-${task}.sh`
    if (!names.includes(name))
      problems.push({ file: 'solution', message: `there is no ${name}: add the step that solves task '${task}'` })
  }
  for (const name of names) {
    const file = `solution/${name}`
    const task = name.match(/^\d\d-(.+)\.sh$/)?.[1]
    const place = task === undefined ? -1 : wanted.indexOf(task)
    if (task === undefined || name !== `${String(place + 1).padStart(2, '0')}-${task}.sh`) {
      problems.push({
        file,
        message: `belongs to no task: steps are called NN-<task>.sh in the order ${wanted.join(', ')}`,
      })
      continue
    }
    const script = parseScript(await readFile(path.join(folder, file), 'utf8'))
    const why = script.header.get('why')
    if (!why)
      problems.push({ file, message: 'does not say why: begin it with "# why: …", the reasoning that a learner reads' })
    problems.push(...common(file, script, ['why', 'node'], manifest))
    found[place] = { task, node: script.header.get('node') ?? 'node1', script: script.body, why: why ?? '' }
  }
  return { found: found.filter(Boolean), problems }
}

export async function readMistakes(folder: string, manifest: Manifest): Promise<Read<Mistake>> {
  const steps = manifest.tasks.filter((t) => t.type !== 'guard').map((t) => t.id)
  const problems: Problem[] = []
  const found: Mistake[] = []
  for (const name of await list(path.join(folder, 'mistakes'))) {
    const file = `mistakes/${name}`
    const report = (message: string) => problems.push({ file, message })
    if (!name.endsWith('.sh')) {
      report('is not a script: mistakes are called <name>.sh, cheats cheat-<name>.sh')
      continue
    }
    const script = parseScript(await readFile(path.join(folder, file), 'utf8'))
    problems.push(...common(file, script, ['task', 'hint', 'after', 'node', 'why'], manifest))
    const missing = ['task', 'hint', 'after'].filter((key) => !script.header.get(key))
    for (const key of missing) report(`does not name its ${key}: add "# ${key}: …" to the first lines`)
    if (missing.length > 0) continue
    const [id, hint, after] = [
      script.header.get('task')!,
      script.header.get('hint')!,
      Number(script.header.get('after')),
    ]
    const task = manifest.tasks.find((t) => t.id === id)
    if (!task)
      report(
        `names task '${id}', which lab.yaml does not have: use one of ${manifest.tasks.map((t) => t.id).join(', ')}`,
      )
    else if (!task.hints.some((h) => h.id === hint))
      report(
        `selects hint '${hint}', which task '${id}' does not have: use one of ${task.hints.map((h) => h.id).join(', ')}`,
      )
    if (!Number.isInteger(after) || after < 0 || after > steps.length)
      report(`applies after step '${script.header.get('after')}': use a number from 0 to ${steps.length}`)
    else if (task?.type === 'once' && after > steps.indexOf(id))
      report(
        `comes after the step that solves '${id}', and a task of type once stays done: use at most ${steps.indexOf(id)}`,
      )
    const node = script.header.get('node') ?? 'node1'
    found.push({
      name: name.slice(0, -3),
      cheat: name.startsWith('cheat-'),
      task: id,
      hint,
      after,
      node,
      script: script.body,
    })
  }
  const cheats = found.filter((m) => m.cheat).length
  if (found.length - cheats < 3)
    problems.push({
      file: 'mistakes',
      message: `has ${found.length - cheats} mistakes: record at least three that people really make`,
    })
  if (cheats < 1)
    problems.push({
      file: 'mistakes',
      message: 'has no cheat-<name>.sh: show at least one shortcut that must not pass',
    })
  return { found, problems }
}

export async function readAlternatives(folder: string, manifest: Manifest): Promise<Read<Alternative>> {
  const solved = manifest.tasks.filter((t) => t.type !== 'guard').map((t) => t.id)
  const problems: Problem[] = []
  const found: Alternative[] = []
  for (const name of await list(path.join(folder, 'alternatives'))) {
    const file = `alternatives/${name}`
    if (!name.endsWith('.sh')) {
      problems.push({ file, message: 'is not a script: other right answers are called <name>.sh' })
      continue
    }
    const script = parseScript(await readFile(path.join(folder, file), 'utf8'))
    problems.push(...common(file, script, ['task', 'node', 'why'], manifest))
    const task = script.header.get('task') ?? ''
    if (!solved.includes(task))
      problems.push({
        file,
        message: `solves task '${task}', which the solution has no step for: add "# task: …" with one of ${solved.join(', ')}`,
      })
    found.push({ name: name.slice(0, -3), task, node: script.header.get('node') ?? 'node1', script: script.body })
  }
  return { found, problems }
}

function common(file: string, script: ReturnType<typeof parseScript>, known: string[], manifest: Manifest): Problem[] {
  const problems = unknownKeys(script, known).map((key) => ({
    file,
    message: `has a header '${key}', which nothing reads: use ${known.join(', ')}`,
  }))
  if (script.body === '') problems.push({ file, message: 'does nothing: write the commands below its header' })
  for (const name of unknownIn(script.body, manifest))
    problems.push({ file, message: `uses $${name}, which no value of lab.yaml stands behind: declare it below values` })
  const node = script.header.get('node')
  if (node !== undefined && !(/^node[1-3]$/.test(node) && Number(node.slice(4)) <= manifest.nodes))
    problems.push({
      file,
      message: `runs on '${node}', but the lab has ${manifest.nodes} node(s): use node1 to node${manifest.nodes}`,
    })
  return problems
}

async function list(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.')).toSorted()
}
