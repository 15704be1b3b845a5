/** What the parts of building one layer are given. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { run, type RunOptions } from '../process.ts'
import { packageProxy, type PackageLists } from './package-lists.ts'
import type { ImageDefinition } from './definition.ts'

export interface LayerBuild {
  definition: ImageDefinition
  /** Where it is built: `tree` becomes the layer. */
  folder: string
  /** File trees of the layers below, nearest first. */
  below: readonly string[]
  /** The same of the image whose compiler it uses. */
  compiler: readonly string[]
  packages: PackageLists
  /** Apt's preferences, which ask for the recorded versions. */
  pins: string
  options: RunOptions
  /** Says what is done next, so that a failure can name it. */
  begin(step: string): void
}

/** The time that everything made by a build itself gets, in seconds; files from packages keep their own. */
export const epoch = 1735689600

/** What tools run with in a root file system: nobody to ask, and the same results every time. */
export async function buildEnvironment(): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    DEBIAN_FRONTEND: 'noninteractive',
    LC_ALL: 'C.UTF-8',
    SOURCE_DATE_EPOCH: String(epoch),
    PYTHONHASHSEED: '0',
    ...(await packageProxy()),
  }
}

/** Copies a folder of the repository; of the modes only "may be executed" counts, because that is all that git keeps. */
export function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) copyFiles(source, target)
    else {
      copyFileSync(source, target)
      chmodSync(target, statSync(source).mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

/** Never across a file system: something may still be mounted below after a crash. */
export async function removeTree(folder: string): Promise<void> {
  if (existsSync(folder)) await run('rm', ['-rf', '--one-file-system', folder])
}
