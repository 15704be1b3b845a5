/** A lab node as a check sees it: bounded, and dead as soon as the check's time is over. */
import type { ExecOptions, ExecResult, Node, NodePower } from '@drydock/kit'
import path from 'node:path'
import type { RuntimeNode } from '../runtime/port.ts'

const maxText = 1_048_576
const defaultTimeout = 10_000

/** Prints a regular file; exit code 3 when there is none. A named pipe that a learner planted must not hold the check. */
const readScript = `[ -f "$1" ] || exit 3; exec head -c ${maxText} -- "$1"`

/** Nodes that a check has stopped and not started again. */
export type StoppedNodes = Set<RuntimeNode>

/**
 * `signal`: once aborted, every further call rejects, so that a check which was given up cannot go on acting. `stopped`: null for
 * an observing check, which may stop none.
 */
export function createCheckNode(node: RuntimeNode, signal: AbortSignal, stopped: StoppedNodes | null): Node {
  const exec = async (argv: readonly [string, ...string[]], options: ExecOptions = {}): Promise<ExecResult> => {
    signal.throwIfAborted()
    return untilAborted(node.exec(argv, { timeout_ms: defaultTimeout, cwd: node.folder, ...options }), signal)
  }
  return {
    name: node.name,
    folder: node.folder,
    exec,
    async get(url) {
      signal.throwIfAborted()
      if (!url.startsWith('/')) throw new Error(`get('${url}'): the path must begin with /`)
      return untilAborted(ask(node, url), signal)
    },
    async read(file) {
      const result = await exec(['/bin/sh', '-c', readScript, 'read', path.posix.resolve(node.folder, file)])
      return result.code === 0 ? result.stdout : undefined
    },
    ...(stopped ? { power: createPower(node, signal, stopped) } : {}),
  }
}

function createPower(node: RuntimeNode, signal: AbortSignal, stopped: StoppedNodes): NodePower {
  return {
    async stop() {
      signal.throwIfAborted()
      // Noted first: a stop that is cut off may have been one.
      stopped.add(node)
      await untilAborted(node.stop(), signal)
    },
    async start() {
      signal.throwIfAborted()
      await untilAborted(node.start(), signal)
      stopped.delete(node)
    },
  }
}

/** Questions under way, by node and path. */
const asked = new WeakMap<RuntimeNode, Map<string, Promise<unknown>>>()

/** Ten checks that look at one container at the same moment ask its engine once: each question is a program in the node. Each gets an answer of its own. */
async function ask(node: RuntimeNode, url: string): Promise<unknown> {
  const mine = asked.get(node) ?? new Map<string, Promise<unknown>>()
  asked.set(node, mine)
  const known = mine.get(url)
  if (known) return structuredClone(await known)
  const question = node.request('GET', url, undefined, { timeout_ms: defaultTimeout })
  mine.set(url, question)
  try {
    return structuredClone(await question)
  } finally {
    mine.delete(url)
  }
}

/** The promise's result, or the signal's reason when that comes first. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    if (signal.aborted) onAbort()
  })
}
