/** One command at a time may change an instance: a lock file with the number of the process that holds it. */
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'
import { StepError } from './step.ts'

/** Returns how to let go. A lock whose process is gone is taken over. */
export function takeLock(instance: Instance, command: string): () => void {
  const file = path.join(instance.state, 'command.lock')
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, command }))
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // A link is made or refused in one step, and never half written.
        linkSync(mine, file)
        return () => rmSync(file, { force: true })
      } catch (error) {
        const holder = readHolder(file)
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        if (attempt > 2 || (holder && existsSync(`/proc/${holder.pid}`)))
          throw new StepError(
            `\`npm run ${holder?.command ?? 'another command'}\` (process ${holder?.pid ?? 'unknown'}) is at work on ${instance.state}. ` +
              'Let it finish, or stop it, and run this command again.',
          )
        rmSync(file, { force: true })
      }
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

function readHolder(file: string): { pid: number; command: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { pid: number; command: string }
  } catch {
    return null
  }
}
