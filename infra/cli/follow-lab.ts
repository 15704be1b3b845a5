/**
 * `npm run labs -- dev <topic>/<lab>`: while one writes a lab, hands each change to the server that `npm start` runs: checks, hints and
 * solutions count at once in a session that is open, files and setup.sh after its reset; the lesson's page is built anew.
 */
import { existsSync, watch } from 'node:fs'
import path from 'node:path'
import { openInstance } from '../instance.ts'
import { UsageError, type CommandContext } from './command.ts'
import { runChild } from './run-child.ts'
import { runSteps } from './run-steps.ts'
import { findServer } from './server-process.ts'
import { siteStep } from './site-step.ts'
import { StepError } from './step.ts'

/** Milliseconds: an editor writes a file in several steps. */
const settle = 300

export async function followLab(context: CommandContext, rest: readonly string[]): Promise<number> {
  const { root } = context.instance
  const [id] = rest
  const folders = [path.join(root, 'labs', id ?? ''), path.join(root, 'lessons', id ?? '')]
  if (id === undefined || !existsSync(path.join(folders[0]!, 'lab.yaml')))
    throw new UsageError(
      `There is no labs/${id ?? '<topic>/<lab>'}/lab.yaml. \`npm run labs -- new ${id ?? '<topic>/<lab>'}\` makes one.`,
    )
  // People learn on the usual instance; the commands that prove have another.
  const instance = openInstance(root, process.env.DRYDOCK_STATE || undefined)
  const server = findServer(instance)
  if (!server) throw new StepError('No server runs here: `npm start` in another terminal first, then this again.')
  context.progress.say(`Following labs/${id}: ${server.url}/${id}/`)

  const changed = new Set<string>()
  let wake: () => void = () => undefined
  const note = (folder: string, name: string | null) => {
    changed.add(path.join(folder, name ?? ''))
    wake()
  }
  const watchers = folders
    .filter(existsSync)
    .map((folder) => watch(folder, { recursive: true }, (_event, name) => note(folder, name)))
  context.signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!context.signal.aborted) {
      if (changed.size === 0) await new Promise<void>((resolve) => (wake = resolve))
      if (context.signal.aborted) break
      await new Promise((resolve) => setTimeout(resolve, settle))
      const names = [...changed].map((name) => path.relative(root, name))
      changed.clear()
      context.progress.say(names.join(', '))
      await runChild(['site/src/build/lint-main.ts', id], { ...context, instance })
      process.kill(server.pid, 'SIGUSR2')
      if (names.some((name) => name.startsWith('lessons/') || name.endsWith('lab.yaml')))
        await runSteps([siteStep], { ...context, instance }).catch((error: unknown) =>
          context.progress.say(error instanceof Error ? error.message : String(error)),
        )
    }
  } finally {
    for (const watcher of watchers) watcher.close()
  }
  return 0
}
