/** Follows the lab engine's own events: whether it is there, and which nodes ended by themselves. */
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { z } from 'zod'
import type { Watcher } from '../port.ts'
import { ownerIn } from './homes.ts'

/** Milliseconds between attempts to reach an engine that is not there. */
const again = 500
/** Bytes that one event may have; ours have about one thousand. */
const maxLine = 65_536

const containerEvent = z.object({
  Type: z.literal('container'),
  Action: z.enum(['kill', 'die']),
  Actor: z.object({ Attributes: z.object({ name: z.string() }) }),
})

/** Returns how to stop. `label`: containers without it are not ours. */
export function watchEngine(engine: Docker, label: string, watcher: Watcher): () => void {
  let stopped = false
  // Not known: the first answer is always told.
  let up: boolean | undefined
  /** Containers that were ended through the engine's API: whoever did it knows. */
  const wanted = new Set<string>()

  const change = (now: boolean) => {
    if (now !== up && !stopped) watcher.onEngine((up = now))
  }
  const onLine = (line: string) => {
    const { data: event } = containerEvent.safeParse(parseJson(line))
    if (!event || stopped) return
    const { name } = event.Actor.Attributes
    if (event.Action === 'kill') wanted.add(name)
    else if (!wanted.delete(name)) watcher.onNodeEnd(ownerIn(name))
  }

  void (async () => {
    while (!stopped) {
      try {
        // The stream ends the moment the engine goes: no polling while it is there.
        const filters = { type: ['container'], event: ['kill', 'die'], label: [label] }
        // As text, because the client's types know no containers.
        const stream = await engine.getEvents({ filters: JSON.stringify(filters) })
        change(true)
        await readLines(stream, onLine)
      } catch {
        // not there: asked again below
      }
      if (stopped) break
      wanted.clear()
      change(false)
      await delay(again, undefined, { ref: false })
    }
  })()
  return () => {
    stopped = true
  }
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n')
    text = (lines.pop() ?? '').slice(-maxLine)
    for (const line of lines) if (line) onLine(line)
  })
  return new Promise((resolve) => {
    for (const end of ['end', 'close', 'error']) stream.once(end, () => resolve())
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
