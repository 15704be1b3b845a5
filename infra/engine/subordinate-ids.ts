/** The range of host user ids that root inside a lab node is mapped to: one system user and one free range an instance. */
import { readFileSync, writeFileSync, renameSync, existsSync } from 'node:fs'
import { run, succeeds } from '../process.ts'
import type { Instance } from '../instance.ts'

const size = 65_536
const first = 165_536
const files = ['/etc/subuid', '/etc/subgid'] as const

interface Range {
  user: string
  start: number
  count: number
}

/** Lines of /etc/subuid or /etc/subgid (`user:start:count`). */
export function parseRanges(text: string): Range[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((parts) => parts.length === 3)
    .map(([user = '', start, count]) => ({ user, start: Number(start), count: Number(count) }))
    .filter((range) => Number.isSafeInteger(range.start) && Number.isSafeInteger(range.count))
}

/** The lowest multiple-of-range start that overlaps with nothing that anyone was given. */
export function decideStart(taken: readonly Range[]): number {
  let start = first
  for (;;) {
    const clash = taken.find((range) => range.start < start + size && start < range.start + range.count)
    if (!clash) return start
    start += size
  }
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** First host id of this instance's range, or null while it has none. */
export function subordinateStart(instance: Instance): number | null {
  return parseRanges(read('/etc/subuid')).find((range) => range.user === instance.name)?.start ?? null
}

/** Makes the instance's user and its range in both files, and returns the first id. Other lines are left exactly as they are. */
export async function createSubordinateIds(instance: Instance): Promise<number> {
  if (!(await succeeds('id', ['-u', instance.name])))
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      instance.name,
    ])
  const existing = subordinateStart(instance)
  const start = existing ?? decideStart(files.flatMap((file) => parseRanges(read(file))))
  for (const file of files) {
    const text = read(file)
    if (parseRanges(text).some((range) => range.user === instance.name)) continue
    replaceFile(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${instance.name}:${start}:${size}\n`)
  }
  return start
}

/** Removes this instance's lines and user, and nothing else. */
export async function removeSubordinateIds(instance: Instance): Promise<void> {
  for (const file of files) {
    const text = read(file)
    const kept = text
      .split('\n')
      .filter((line) => !line.startsWith(`${instance.name}:`))
      .join('\n')
    if (kept !== text) replaceFile(file, kept)
  }
  if (await succeeds('id', ['-u', instance.name])) await run('userdel', [instance.name])
}

/** In one step, so that a crash leaves the old file or the new one. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.drydock`, text, { mode: 0o644 })
  renameSync(`${file}.drydock`, file)
}
