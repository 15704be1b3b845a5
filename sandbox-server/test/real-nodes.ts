/** Real nodes for tests: the runtime on the lab engine that the suite brought up, and what a test needs to begin a session on it. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pino from 'pino'
import { requireEngine } from '../../infra/engine/api.ts'
import { openInstance } from '../../infra/instance.ts'
import { createDockerRuntime } from '../src/runtime/docker/docker-runtime.ts'
import type { Runtime, RuntimeNode, SessionSpec, TerminalStream } from '../src/runtime/port.ts'

export const instance = openInstance(path.resolve(import.meta.dirname, '../..'), process.env.DRYDOCK_STATE)
export const silent = pino({ level: 'silent' })
export const runtime = createDockerRuntime({ instance, logger: silent })

/** For commands of docker and of services, where much else runs. */
export const patience = { timeout_ms: 90_000 }

/** A session of its own, with one small node unless told otherwise. */
export const sessionSpec = (more: Partial<SessionSpec> = {}): SessionSpec => ({
  session: randomBytes(6).toString('hex'),
  lab: 'test/real-nodes',
  learner: 'test',
  created_at: Date.now(),
  seed: 1,
  nodes: 1,
  limits: { memory_mb: 512, cpus: 1, pids: 512, disk_mb: 1024 },
  network: 'none',
  folder: 'work',
  ...more,
})

export const startNodes = (spec: SessionSpec, on: Runtime = runtime): Promise<RuntimeNode[]> =>
  on.start(spec, { signal: AbortSignal.timeout(90_000), progress: () => undefined })

export async function startNode(spec: SessionSpec, on?: Runtime): Promise<RuntimeNode> {
  const [node] = await startNodes(spec, on)
  if (!node) throw new Error('no node')
  return node
}

/** Ends a node, or a mirror, as the kernel would; resolves when the engine knows of it. */
export async function killNode({ session }: SessionSpec, name = 'node1'): Promise<void> {
  await requireEngine(instance, 'POST', `/containers/${session}-${name}/kill`)
  await requireEngine(instance, 'POST', `/containers/${session}-${name}/wait?condition=not-running`)
}

/** What a terminal says until it has said `text`. */
export async function readUntil(terminal: TerminalStream, text: string): Promise<string> {
  let seen = ''
  for await (const chunk of terminal.output.iterator({ destroyOnReturn: false })) {
    seen += String(chunk)
    if (seen.includes(text)) return seen
  }
  throw new Error(`the terminal ended before '${text}': ${seen}`)
}
