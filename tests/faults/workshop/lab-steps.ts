/** What a simulated learner types: the proven solution of a lab, task by task. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repository } from '../../harness/platform.ts'

export interface Step {
  task: string
  lines: string[]
}

export function readSteps(lab: string): Step[] {
  const folder = path.join(repository, 'labs', lab, 'solution')
  return readdirSync(folder)
    .toSorted()
    .map((file) => ({
      task: path.basename(file, '.sh').replace(/^\d+-/, ''),
      lines: readFileSync(path.join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('#')),
    }))
}
