/** `npm run clean`: says what this instance ever made on this host, asks, and removes it and nothing else. */
import { listOwned, removeOwned } from '../engine/owned.ts'
import { requireRoot } from './bring-up.ts'
import type { CommandContext } from './command.ts'
import { takeLock } from './lock.ts'
import { stopServer } from './server-process.ts'

export async function clean(context: CommandContext): Promise<number> {
  const { instance, progress } = context
  requireRoot('clean')
  const release = takeLock(instance, 'clean')
  try {
    const owned = await listOwned(instance)
    const width = Math.max(...owned.map((thing) => thing.kind.length))
    progress.say('This instance has made:\n')
    for (const thing of owned) progress.say(`  ${thing.kind.padEnd(width)}  ${thing.name}`)
    progress.say('\nDebian packages that were installed stay, as do node_modules and the built site in this clone.')
    const yes = await context.confirm("Remove all of it, with every learner's work and progress?", false)
    if (!yes) {
      progress.say('Nothing was removed. Without a terminal, say so with: npm run clean -- --yes')
      return context.args.includes('--yes') ? 1 : 0
    }
    const task = progress.begin('Clean')
    await stopServer(instance)
    await removeOwned(instance, (text) => task.report(text))
    task.end('done', `${owned.length} things removed`)
    return 0
  } finally {
    release()
  }
}
