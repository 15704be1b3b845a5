/** A learner's terminal without a learner: a real shell on a node, with a screen that is read line by line. */
import type { LabShell, Typed } from '@drydock/kit/verify'
import headless from '@xterm/headless'
import type { RuntimeNode } from '../runtime/port.ts'

/** As wide as the terminal beside a lesson on a usual screen. */
const size = { cols: 120, rows: 40 } as const
/** Milliseconds that one command of a lesson may take. */
const patience = 60_000
/** An escape sequence of ours, which the shell's prompts print and the screen takes out. */
const own = 7777

/** `$?` is that of the command before; PS0 is printed once a command is whole, PS2 while it is not. No completion: a tab is typed as it is. */
const begin = ` PS0='\\e]${own};run\\a' PS1='\\[\\e]${own};done;$?\\a\\]' PS2='\\[\\e]${own};more\\a\\]'; bind 'set disable-completion on' 'set enable-bracketed-paste off'`

/** `name`: of the terminal on the node, which lives until it is closed. */
export async function openLabShell(node: RuntimeNode, name: string): Promise<LabShell> {
  const stream = await node.attach(name, { since: null, ...size })
  const screen = new headless.Terminal({ ...size, scrollback: 20_000, allowProposedApi: true })
  let from = screen.registerMarker(0)
  let answer: ((typed: Typed | Error) => void) | undefined

  /** Long lines that the screen has broken are whole again. */
  function readScreen(): string[] {
    const { active } = screen.buffer
    const lines: string[] = []
    for (let y = Math.max(from?.line ?? 0, 0); y <= active.baseY + active.cursorY; y++) {
      const line = active.getLine(y)
      const text = line?.translateToString(true) ?? ''
      if (line?.isWrapped && lines.length > 0) lines.push(`${lines.pop()}${text}`)
      else lines.push(text)
    }
    return lines
  }

  screen.parser.registerOscHandler(own, (data) => {
    const [what, code] = data.split(';')
    if (what === 'run') {
      from?.dispose()
      from = screen.registerMarker(0)
    } else if (what === 'more') answer?.({ state: 'more' })
    else answer?.({ state: 'done', code: Number(code), output: readScreen() })
    return true
  })
  // A program that asks the terminal something gets its answer, as in a browser.
  screen.onData((text) => void stream.write(Buffer.from(text)))
  stream.output.on('data', (chunk: Buffer) => screen.write(chunk))
  stream.output.on('close', () => answer?.(new Error('the shell has ended')))

  async function type(line: string): Promise<Typed> {
    let timer: NodeJS.Timeout | undefined
    const answered = new Promise<Typed | Error>((resolve) => {
      answer = resolve
      timer = setTimeout(() => resolve({ state: 'late', output: readScreen() }), patience)
    })
    stream.write(Buffer.from(`${line}\r`))
    const typed = await answered
    clearTimeout(timer)
    answer = undefined
    if (typed instanceof Error) throw typed
    return typed
  }

  await type(begin)
  return {
    type,
    close() {
      answer = undefined
      stream.close()
      screen.dispose()
    },
  }
}
