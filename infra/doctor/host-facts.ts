/** Reads facts about the host from /proc, /sys and the kernel's own lists; changes nothing. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { release } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { run, RunError } from '../process.ts'

/** Trimmed text of a file, undefined when it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

export const readNumber = (file: string): number | undefined => {
  const text = readText(file)
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}

/** Is this module loaded, built in, or there to be loaded by itself? Null when the kernel's lists cannot be read. */
export function kernelModule(name: string): 'loaded' | 'built in' | 'available' | null {
  const folder = `/lib/modules/${release()}`
  if (existsSync(`/sys/module/${name}`) || readText('/proc/modules')?.includes(`${name} `)) return 'loaded'
  if (readText(path.join(folder, 'modules.builtin'))?.includes(`/${name}.ko`)) return 'built in'
  return readText(path.join(folder, 'modules.dep'))?.includes(`/${name}.ko`) ? 'available' : null
}

/** Some of these would first have to be loaded: reason not to try, because doctor changes nothing. */
export const wouldLoad = (...names: string[]): boolean => names.some((name) => kernelModule(name) === 'available')

/** `y`, `m` or `n` for a kernel build option; undefined when the kernel's configuration is not published. */
export function kernelOption(name: string): string | undefined {
  const text = existsSync('/proc/config.gz')
    ? gunzipSync(readFileSync('/proc/config.gz')).toString()
    : readText(`/boot/config-${release()}`)
  if (text === undefined) return undefined
  return new RegExp(`^CONFIG_${name}=(.)`, 'm').exec(text)?.[1] ?? 'n'
}

export interface Cgroups {
  version: 1 | 2
  /** Folder of each mounted controller's root (the same for all on version 2). */
  folders: ReadonlyMap<string, string>
}

export function readCgroups(): Cgroups {
  const unified = readText('/sys/fs/cgroup/cgroup.controllers')
  if (unified !== undefined)
    return { version: 2, folders: new Map(unified.split(' ').map((name) => [name, '/sys/fs/cgroup'])) }
  const folders = new Map<string, string>()
  for (const line of readText('/proc/self/mounts')?.split('\n') ?? []) {
    const [, folder = '', type, options = ''] = line.split(' ')
    if (type === 'cgroup')
      for (const option of options.split(',')) if (!folders.has(option)) folders.set(option, folder)
  }
  return { version: 1, folders }
}

/** Whether any cgroup below the controller's root has this file: roots lack the files of limits. */
export function someCgroupHas(root: string, file: string): boolean {
  const folders = [
    root,
    ...readdirSync(root, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => path.join(root, e.name)),
  ]
  return folders.some((folder) => existsSync(path.join(folder, file)))
}

/** First line of a program's output, or undefined when it cannot be run or fails. */
export async function firstLine(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(program, args)).trim().split('\n')[0]
  } catch {
    return undefined
  }
}

/** Last line of what a failed program said, or null when it succeeded. */
export async function refusal(program: string, args: readonly string[]): Promise<string | null> {
  try {
    await run(program, args)
    return null
  } catch (error) {
    const text = error instanceof RunError ? error.output : String(error)
    return text.trim().split('\n').at(-1) || 'refused without a word'
  }
}
