/** The port the server will listen on: which one, whether it is free, and who has it otherwise. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { StepError } from './step.ts'

export const defaultPort = 4600

/** 0 takes a free one. */
export async function readPort(text = process.env.PORT): Promise<number> {
  if (text === undefined || text === '') return defaultPort
  const port = /^\d+$/.test(text) ? Number(text) : NaN
  if (port === 0) return freePort()
  if (port < 65_536) return port
  throw new StepError(`PORT is '${text}', and must be a number from 0 to 65535. Without it the port is ${defaultPort}.`)
}

/** Null when it can be listened on at 127.0.0.1, else the system's error code. */
export function tryPort(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(null)))
  })
}

/** Below those that the kernel gives to whoever asks for any, so that nobody gets one of these between its choice and its use. */
const free = { from: 12_000, to: 32_000 } as const
let tried = 0

/** A free port, another one each time and in each process. */
export async function freePort(): Promise<number> {
  for (; tried < free.to - free.from;) {
    const port = free.from + ((process.pid * 7919 + tried++) % (free.to - free.from))
    if ((await tryPort(port)) === null) return port
  }
  throw new StepError(`No port from ${free.from} to ${free.to} is free.`)
}

/** The first of so many free ports in a row. */
export async function freeRange(size: number): Promise<number> {
  for (;;) {
    const from = await freePort()
    let next = from
    while (next < from + size - 1 && (await freePort()) === next + 1) next++
    if (next === from + size - 1) return from
  }
}

/** Name and number of the process that listens on the port, as far as we may see it. */
export function whoListens(port: number): string | null {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = new Set<string>()
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readLines(file)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
      if (state === '0A' && local?.endsWith(`:${hex}`) && inode) inodes.add(`socket:[${inode}]`)
    }
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`))
        if (inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`))) return `${commandOf(pid)} (process ${pid})`
    } catch {
      // ended meanwhile, or not ours to see
    }
  }
  return null
}

const commandOf = (pid: string) => {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
  return (
    words
      .map((word) => path.basename(word))
      .slice(0, 2)
      .join(' ') || 'the kernel'
  )
}

const readLines = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

export async function requireFreePort(port: number): Promise<void> {
  const code = await tryPort(port)
  if (code === null) return
  if (code === 'EACCES')
    throw new StepError(`Port ${port} may not be opened by this user. Choose one above 1023: PORT=4700 npm start`)
  const who = whoListens(port)
  throw new StepError(
    `Port ${port} is in use${who ? ` by ${who}` : ''}. Stop that program, or choose another port: PORT=${port === defaultPort ? 4700 : port + 1} npm start`,
  )
}
