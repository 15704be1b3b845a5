/** A shell that lives in memory and outlives its viewers, with a history of absolute offsets, as the holder in a real node has. */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { TerminalStream } from '../src/runtime/port.ts'

/** Bytes of history; more than a test's prompt, less than a flood. */
const historySize = 65_536
const prompt = 'root@node1:~# '

interface Viewer {
  output: PassThrough
  ended: PromiseWithResolvers<number | null>
}

/** Knows `echo`, `flood <bytes>`, `deaf` (stops reading its input) and `exit <code>`; echoes what is typed. */
export class FakeShell {
  readonly typed: string[] = []
  readonly sizes: { cols: number; rows: number }[] = []
  deaf = false
  #history = Buffer.alloc(0)
  #end = 0
  #line = ''
  #viewers = new Set<Viewer>()
  #hearing = Promise.withResolvers<void>()
  exitCode: number | null = null
  /** Bytes that `flood` has handed out so far. */
  flooded = 0

  constructor() {
    this.print(prompt)
  }

  attach(since: number | null, cols: number, rows: number): TerminalStream {
    this.sizes.push({ cols, rows })
    const oldest = this.#end - this.#history.length
    const continues = since !== null && since >= oldest && since <= this.#end
    const offset = continues ? since : oldest
    const viewer: Viewer = { output: new PassThrough({ highWaterMark: 16_384 }), ended: Promise.withResolvers() }
    this.#viewers.add(viewer)
    viewer.output.write(this.#history.subarray(offset - oldest))
    return {
      offset,
      continues,
      until: this.#end,
      modes: [],
      output: viewer.output,
      write: (bytes) => this.#type(bytes),
      drained: () => this.#hearing.promise,
      resize: (width, height) => void this.sizes.push({ cols: width, rows: height }),
      exited: viewer.ended.promise,
      close: () => this.#drop(viewer, null),
    }
  }

  print(text: string): void {
    const bytes = Buffer.from(text)
    this.#history = Buffer.concat([this.#history, bytes]).subarray(-historySize)
    this.#end += bytes.length
    for (const viewer of this.#viewers) viewer.output.write(bytes)
  }

  /** The connection to the node breaks; the shell lives on. */
  breakConnections(): void {
    for (const viewer of this.#viewers) this.#drop(viewer, null)
  }

  exit(code: number): void {
    this.exitCode = code
    for (const viewer of this.#viewers) this.#drop(viewer, code)
  }

  hearAgain(): void {
    this.deaf = false
    this.#hearing.resolve()
    this.#hearing = Promise.withResolvers()
  }

  #type(bytes: Uint8Array): boolean {
    const text = Buffer.from(bytes).toString('utf8')
    this.typed.push(text)
    this.print(text)
    for (const character of text)
      if (character === '\r') this.#run(this.#line.trim())
      else this.#line += character
    return !this.deaf
  }

  #run(line: string): void {
    this.#line = ''
    const [command = '', argument = ''] = line.split(' ', 2)
    if (command === 'exit') return this.exit(Number(argument))
    if (command === 'deaf') this.deaf = true
    if (command === 'flood') return void this.#flood(Number(argument))
    this.print(`\r\n${command === 'echo' ? `${line.slice(5)}\r\n` : ''}${prompt}`)
  }

  /** As a real pty: goes on only when the viewer takes it. */
  async #flood(bytes: number): Promise<void> {
    const chunk = Buffer.alloc(8192, 'y')
    for (let left = bytes; left > 0; left -= chunk.length) {
      for (const { output } of this.#viewers) if (output.writableNeedDrain) await once(output, 'drain')
      if (this.#viewers.size === 0) return
      this.print(chunk.toString().slice(0, left))
      this.flooded += Math.min(chunk.length, left)
    }
    this.print(`\r\n${prompt}`)
  }

  #drop(viewer: Viewer, code: number | null): void {
    this.#viewers.delete(viewer)
    viewer.output.end()
    viewer.ended.resolve(code)
  }
}
