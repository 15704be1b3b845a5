/** One shape for the two terminals that are compared: what is typed, and a wait for text in what comes back. */
import type { Instance } from '../../infra/instance.ts'
import type { Learner } from '../harness/learner.ts'
import { openRawExec } from './raw-exec.ts'

export interface Stream {
  type(keys: string): void
  /** Resolves with the time (performance.now) at which `text` was complete, counted from the call on. */
  until(text: string): Promise<number>
  close(): void
}

/** A few kilobytes of what came last are enough to find a marker, and remembering more would be measured too. */
const memory = 256

function watch(): { take(chunk: Buffer): void; until: Stream['until'] } {
  let tail = ''
  let wanted: { text: string; resolve: (at: number) => void } | null = null
  return {
    take(chunk) {
      if (!wanted) return
      // Larger chunks are bulk output; a marker is at the end of one or cut between two.
      tail = (tail + chunk.subarray(-4 * memory).toString('latin1')).slice(-4 * memory)
      if (!tail.includes(wanted.text)) return
      const { resolve } = wanted
      wanted = null
      resolve(performance.now())
    },
    until: (text) =>
      new Promise((resolve) => {
        tail = ''
        wanted = { text, resolve }
      }),
  }
}

export async function openRaw(instance: Instance, container: string): Promise<Stream> {
  const socket = await openRawExec(instance, container)
  const { take, until } = watch()
  socket.on('data', take)
  return { type: (keys) => void socket.write(keys), until, close: () => void socket.destroy() }
}

export async function openOurs(learner: Learner, session: string): Promise<Stream> {
  const terminal = await learner.terminal(session, { remember: false })
  const { take, until } = watch()
  terminal.socket.on('message', (data: Buffer, binary: boolean) => {
    if (binary) take(data)
  })
  return { type: terminal.type, until, close: terminal.close }
}

/** Milliseconds from each of so many keys, typed one after another at an empty prompt, to its echo. */
export async function echoes(stream: Stream, keys: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < keys; i++) {
    const key = String.fromCharCode(97 + (i % 26))
    const seen = stream.until(key)
    const before = performance.now()
    stream.type(key)
    times.push((await seen) - before)
  }
  const cleared = stream.until('^C')
  stream.type('\x03')
  await cleared
  return times
}

/** Resolves once the shell behind it answers. */
export async function untilPrompt(stream: Stream): Promise<void> {
  const ready = stream.until('up-42')
  stream.type('echo up-$((40+2))\r')
  await ready
}
