/** `npm run images`: builds what nodes and labs are made of, and stops the engine if it did not run before. `--update`: of today's packages. */
import { loadRecorded, loadUsed, saveRecorded } from '../images/recorded.ts'
import { onLabEngine } from './bring-up.ts'
import type { CommandContext } from './command.ts'
import { takeLock } from './lock.ts'

export async function images(context: CommandContext): Promise<number> {
  const release = takeLock(context.instance, 'images')
  try {
    return await (context.args.includes('--update') ? update(context) : build(context))
  } finally {
    release()
  }
}

const build = (context: CommandContext) => onLabEngine(context, () => Promise.resolve(0))

/** Nothing is asked for by version, all is made anew, and what it was made of is the new record. */
async function update(context: CommandContext): Promise<number> {
  const { root } = context.instance
  const before = loadRecorded(root)
  const edition = new Date().toISOString().slice(0, 10)
  saveRecorded(root, { edition, releases: {} })
  try {
    await build(context)
  } catch (error) {
    saveRecorded(root, before)
    throw error
  }
  saveRecorded(root, { ...loadUsed(context.instance), edition })
  context.progress.say('\n  infra/images/versions.json has the versions that were used: look at it and commit it.\n')
  return 0
}
