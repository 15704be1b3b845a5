/** Tells one viewer of a node's tree, at first and after each change, for as long as they look. */
import { setTimeout as delay } from 'node:timers/promises'
import type { FileTree } from '../contract/files.ts'
import type { NodeProcess, RuntimeNode } from '../runtime/port.ts'
import { listFiles } from './node-files.ts'

/** Milliseconds between two trees, whatever a node says. */
const gap = 500

/** `find`: the node at this moment, another after a reset. Ends when `signal` says so; rejects when the node cannot be reached. */
export async function watchFiles(
  find: () => Promise<RuntimeNode>,
  onTree: (tree: FileTree) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const node = await find()
    const watching = await node.run(['/usr/lib/drydock/watch', node.folder])
    const stop = () => watching.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      await follow(watching, async () => onTree(await listFiles(node)), signal)
    } finally {
      signal.removeEventListener('abort', stop)
      watching.close()
    }
    // The watcher of a node that goes away ends: the next node is waited for.
    if (!signal.aborted) await delay(gap, undefined, { signal }).catch(() => undefined)
  }
}

async function follow(watching: NodeProcess, look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  let changed = Promise.withResolvers<void>()
  let over = false
  // What it says does not matter, only that it says something.
  watching.stdout.on('data', () => changed.resolve())
  watching.stdout.once('close', () => {
    over = true
    changed.resolve()
  })
  while (!over && !signal.aborted) {
    changed = Promise.withResolvers()
    await look()
    await delay(gap, undefined, { signal }).catch(() => undefined)
    await changed.promise
  }
}
