/** Runs steps in order: skips what is there, shows each on its line, and turns a failure into one paragraph. */
import { statfsSync } from 'node:fs'
import type { Instance } from '../instance.ts'
import type { Progress } from './progress.ts'
import { StepError, type Step } from './step.ts'

export interface Run {
  instance: Instance
  signal: AbortSignal
  progress: Progress
  /** Appends to the command's log file. */
  log: (text: string) => void
  logFile: string
}

export async function runSteps(steps: readonly Step[], run: Run): Promise<void> {
  for (const step of steps) {
    run.signal.throwIfAborted()
    const task = run.progress.begin(step.title)
    let last = ''
    const context = {
      instance: run.instance,
      signal: run.signal,
      log: run.log,
      report: (text: string) => {
        last = text
        task.report(text)
      },
    }
    run.log(`\n== ${step.title}\n`)
    try {
      const there = await step.done(context)
      if (there !== null) {
        task.end('there', there)
        continue
      }
      await step.run(context)
      task.end('done', (await step.done(context)) ?? last)
    } catch (error) {
      task.end('failed', run.signal.aborted ? 'stopped' : 'failed')
      run.log(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      run.signal.throwIfAborted()
      throw explain(error, step, run)
    }
  }
}

/** Megabytes that an ordinary user may still write where the state lives. */
export function freeMegabytes(folder: string): number {
  const disk = statfsSync(folder)
  return Math.floor((disk.bavail * disk.bsize) / 1024 ** 2)
}

function explain(error: unknown, step: Step, run: Run): StepError {
  if (error instanceof StepError) return error
  const text = error instanceof Error ? error.message : String(error)
  const free = freeMegabytes(run.instance.state)
  if (/ENOSPC|No space left on device/i.test(text) || free < 50)
    return new StepError(
      `The disk is full: ${free} MB are left where ${run.instance.state} lives, and '${step.title}' needs more. ` +
        'What was half done is removed. Free some space (a first start needs about 6 GB), or choose another place with ' +
        `DRYDOCK_STATE=/path/on/a/larger/disk, and run the command again. Log: ${run.logFile}`,
    )
  return new StepError(
    `'${step.title}' failed: ${text}\n\nThe full log is ${run.logFile}. Running the command again goes on from here.`,
  )
}
