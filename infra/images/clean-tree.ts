/** Takes out of a file tree what serves building alone or differs from build to build. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import { epoch } from './layer-build.ts'

const unwanted = [
  'var/log/apt',
  'var/log/dpkg.log',
  'var/log/alternatives.log',
  'var/log/bootstrap.log',
  'var/log/fontconfig.log',
  'var/cache/ldconfig',
  'var/cache/debconf',
  'etc/passwd-',
  'etc/group-',
  'etc/shadow-',
  'etc/gshadow-',
  'etc/subuid-',
  'etc/subgid-',
  'etc/machine-id',
  'etc/.pwd.lock',
  'var/lib/dpkg/status-old',
  'var/lib/dpkg/diversions-old',
  'var/lib/dpkg/statoverride-old',
  'var/lib/dpkg/lock',
  'var/lib/dpkg/lock-frontend',
  'var/lib/dpkg/triggers/Lock',
  'var/lib/apt/daily_lock',
]
/** Folders that stay, empty: apt takes them for granted. */
const emptied = ['var/lib/apt/lists', 'var/cache/apt', 'var/cache/apt/archives']

export function cleanTree(tree: string): void {
  for (const file of unwanted) rmSync(path.join(tree, file), { recursive: true, force: true })
  for (const folder of emptied)
    for (const entry of existsSync(path.join(tree, folder)) ? readdirSync(path.join(tree, folder)) : [])
      if (entry !== 'archives') rmSync(path.join(tree, folder, entry), { recursive: true, force: true })
}

/** What the build itself made or changed gets one time for all; what came out of packages keeps its own, which Python's compiled files name. */
export async function setTimes(tree: string, since: Date): Promise<void> {
  await run('find', [
    tree,
    ...['-newermt', since.toISOString()],
    ...['-exec', 'touch', '--no-dereference', `--date=@${epoch}`, '{}', '+'],
  ])
}
