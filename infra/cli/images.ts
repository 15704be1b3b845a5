/** `npm run images`: builds what nodes and labs are made of, and stops the engine if it did not run before. */
import { onLabEngine } from './bring-up.ts'
import type { CommandContext } from './command.ts'
import { takeLock } from './lock.ts'

export async function images(context: CommandContext): Promise<number> {
  const release = takeLock(context.instance, 'images')
  try {
    return await onLabEngine(context, () => Promise.resolve(0))
  } finally {
    release()
  }
}
