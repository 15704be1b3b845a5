/** Speaks with the holder of a shell in the node (`infra/images/node/src/term.c` says how). */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { TerminalStream } from '../port.ts'
import type { OpenExec } from './spare-exec.ts'

const holder = '/usr/lib/drydock/term'
const maxFrame = 65_535
const environment = [
  'TERM=xterm-256color',
  'COLORTERM=truecolor',
  'HOME=/root',
  'USER=root',
  'LANG=C.UTF-8',
  'SHELL=/bin/bash',
]

export async function attachTerminal(
  open: OpenExec,
  terminal: string,
  options: { since: number | null; cols: number; rows: number; folder: string },
): Promise<TerminalStream> {
  const exec = await open({
    argv: [
      holder,
      'attach',
      terminal,
      String(options.since ?? -1),
      String(options.cols),
      String(options.rows),
      options.folder,
      String(Date.now()),
    ],
    // Of a node from the pool, whose own says nothing yet.
    env: [...environment, `DRYDOCK_FOLDER=${options.folder}`],
  })
  const { header, rest } = await readHeader(exec.stdout).catch((error: unknown) => {
    exec.close()
    throw error
  })
  const output = new PassThrough({ highWaterMark: 256 * 1024 })
  if (rest.length > 0) output.write(rest)
  exec.stdout.pipe(output)
  output.on('close', () => exec.close())
  const frame = (kind: 'i' | 'r', bytes: Uint8Array) => {
    const head = Buffer.from([kind.charCodeAt(0), bytes.length >> 8, bytes.length & 255])
    return exec.stdin.write(Buffer.concat([head, bytes]))
  }
  let let_go = false
  const exited = once(exec.stdout, 'close').then(async () => {
    if (let_go) return null
    const code = await exec.code()
    return code === 255 ? null : code
  })
  return {
    ...header,
    output,
    write(bytes) {
      let free = true
      for (let at = 0; at < bytes.length; at += maxFrame) free = frame('i', bytes.subarray(at, at + maxFrame))
      return free
    },
    async drained() {
      if (exec.stdin.writableNeedDrain) await Promise.race([once(exec.stdin, 'drain'), once(exec.stdin, 'close')])
    },
    // A node that does not read gets no more sizes: they would pile up here.
    resize: (cols, rows) => void (exec.stdin.writableNeedDrain || frame('r', Buffer.from(`${cols} ${rows}`))),
    exited,
    close() {
      let_go = true
      exec.close()
      output.destroy()
    },
  }
}

/** Names that the holder accepts; anything else never reaches a command line. */
export const terminalName = /^[a-z0-9-]{1,40}$/

async function readHeader(
  stdout: NodeJS.ReadableStream,
): Promise<{ header: Pick<TerminalStream, 'offset' | 'continues' | 'until' | 'modes'>; rest: Buffer }> {
  let seen = Buffer.alloc(0)
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk])
      const end = seen.indexOf(10)
      if (end < 0 && seen.length < 192) return
      stop()
      const match = /^(\d{1,15}) ([01]) (\d{1,15}) (\.|[+-]\d{1,5}(?:,[+-]\d{1,5}){0,19})$/.exec(
        seen.subarray(0, Math.max(end, 0)).toString('latin1'),
      )
      if (!match) return reject(new Error('the terminal holder of the node did not answer as expected'))
      resolve({
        header: {
          offset: Number(match[1]),
          continues: match[2] === '1',
          until: Number(match[3]),
          modes: parseModes(match[4] ?? '.'),
        },
        rest: seen.subarray(end + 1),
      })
    }
    const onEnd = () => {
      stop()
      reject(new Error('the terminal holder of the node ended'))
    }
    const timer = setTimeout(() => {
      stop()
      reject(new Error('the terminal holder of the node did not answer in time'))
    }, 15_000)
    const stop = () => {
      clearTimeout(timer)
      stdout.pause()
      stdout.off('data', onData)
      stdout.off('end', onEnd)
    }
    stdout.on('data', onData)
    stdout.once('end', onEnd)
  })
}

const parseModes = (text: string) => (text === '.' ? [] : text.split(',').map(Number))

/** Ends when its shell has, or after two seconds: whoever attaches then begins another one, and does not hear the end of this. */
export const closeArgv = (terminal: string): [string, ...string[]] => [
  ...(['sh', '-c'] as const),
  '"$0" close "$1"; for _ in $(seq 40); do "$0" list | grep -qx -- "$1" || exit 0; sleep 0.05; done',
  ...[holder, terminal],
]
/** `letGo`: of whoever attached before that time. */
export const listArgv = ({ letGo }: { letGo: number | null }): [string, ...string[]] =>
  letGo === null ? [holder, 'list'] : [holder, 'release', String(Math.floor(letGo))]
