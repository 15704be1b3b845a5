/** Loads the labs of a folder: manifests, checks, solutions and start files, with a sentence for each mistake of an author. */
import type { Check, Checks } from '@drydock/kit'
import { labId, manifest } from '@drydock/kit/schema'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Lab, Solution } from './lab.ts'
import { packFiles } from './pack-files.ts'
import { parseSolution } from './parse-solution.ts'

export interface LoadedLabs {
  /** In alphabetical order of their ids. */
  labs: ReadonlyMap<string, Lab>
  /** One sentence for each lab that could not be loaded, with its file. */
  problems: string[]
}

/** `root`: the folder that holds `<topic>/<lab>/lab.yaml`. A broken lab is a problem, not an accident: the others load. */
export async function loadLabs(root: string): Promise<LoadedLabs> {
  const labs = new Map<string, Lab>()
  const problems: string[] = []
  for (const topic of await folders(root))
    for (const name of await folders(path.join(root, topic))) {
      const folder = path.join(root, topic, name)
      if (!existsSync(path.join(folder, 'lab.yaml'))) continue
      try {
        const lab = await loadLab(folder, `${topic}/${name}`)
        labs.set(lab.id, lab)
      } catch (error) {
        problems.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  return { labs, problems }
}

/** Loads one lab. Rejects with one sentence a mistake. */
export async function loadLab(folder: string, id: string): Promise<Lab> {
  if (!labId.safeParse(id).success) throw new Error(`'${id}' is not a possible id of a lab`)
  const parsed = manifest.safeParse(parse(await readFile(path.join(folder, 'lab.yaml'), 'utf8')))
  if (!parsed.success) throw new Error(`lab.yaml: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  const tasks = parsed.data.tasks.map((task) => task.id)
  const files = path.join(folder, 'files')
  return {
    id,
    folder,
    manifest: parsed.data,
    checks: await loadChecks(path.join(folder, 'checks.ts'), tasks),
    solutions: await loadSolutions(path.join(folder, 'solution'), tasks),
    files: existsSync(files) ? await packFiles(files) : null,
  }
}

async function loadChecks(file: string, tasks: readonly string[]): Promise<Checks> {
  if (!existsSync(file)) throw new Error('checks.ts is missing')
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown }
  if (typeof module.default !== 'object' || module.default === null)
    throw new Error('checks.ts must export an object with one function for each task as default')
  const functions = new Map<string, unknown>(Object.entries(module.default))
  const checks: Record<string, Check> = {}
  for (const task of tasks) {
    const check = functions.get(task)
    if (typeof check !== 'function') throw new Error(`checks.ts has no function for the task '${task}'`)
    checks[task] = check as Check
  }
  const extra = [...functions.keys()].find((name) => !tasks.includes(name))
  if (extra !== undefined) throw new Error(`checks.ts has a function '${extra}', but lab.yaml has no such task`)
  return checks
}

async function loadSolutions(folder: string, tasks: readonly string[]): Promise<Solution[]> {
  if (!existsSync(folder)) return []
  const solutions: Solution[] = []
  for (const name of (await readdir(folder)).sort()) {
    const match = /^(\d\d)-([a-z][a-z0-9-]*)\.sh$/.exec(name)
    const [, step, task] = match ?? []
    if (step === undefined || task === undefined) throw new Error(`solution/${name} is not named NN-<task>.sh`)
    if (!tasks.includes(task)) throw new Error(`solution/${name}: lab.yaml has no task '${task}'`)
    solutions.push({ step: Number(step), task, ...parseSolution(await readFile(path.join(folder, name), 'utf8')) })
  }
  return solutions
}

async function folders(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name) && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .sort()
}
