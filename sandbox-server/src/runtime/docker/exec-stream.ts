/** One program running in a container, with its three streams apart and back-pressure in both directions. */
import type Docker from 'dockerode'
import { Readable, type Duplex } from 'node:stream'

export interface ExecStream {
  stdout: Readable
  /** The last 4 KiB of what it wrote to standard error. */
  stderr(): string
  stdin: Duplex
  /** Exit code, or null when the engine cannot say. Call after `stdout` ended. */
  code(): Promise<number | null>
  close(): void
}

export interface ExecSpec {
  argv: readonly string[]
  env?: string[]
  cwd?: string
}

/** `onStderr` gets all of standard error, for those who want more than its end. */
export async function openExec(
  container: Docker.Container,
  spec: ExecSpec,
  onStderr?: (chunk: Buffer) => void,
): Promise<ExecStream> {
  const exec = await container.exec({
    Cmd: [...spec.argv],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    ...(spec.env ? { Env: spec.env } : {}),
    ...(spec.cwd ? { WorkingDir: spec.cwd } : {}),
  })
  const socket = await exec.start({ hijack: true, stdin: true })
  let tail = ''
  const stdout = splitOutput(socket, (chunk) => {
    tail = (tail + chunk.toString('utf8')).slice(-4096)
    onStderr?.(chunk)
  })
  return {
    stdout,
    stderr: () => tail,
    stdin: socket,
    async code() {
      try {
        return (await exec.inspect()).ExitCode ?? null
      } catch {
        return null
      }
    },
    close: () => socket.destroy(),
  }
}

/**
 * Docker's multiplexed stream: frames with a header of 8 bytes (stream, 0, 0, 0, length big endian).
 * Returns standard output; not reading it stops the socket.
 */
export function splitOutput(socket: Duplex, onStderr: (chunk: Buffer) => void): Readable {
  let header: Buffer = Buffer.alloc(0)
  let left = 0
  let stream = 1
  const stdout = new Readable({
    highWaterMark: 256 * 1024,
    read: () => void socket.resume(),
    destroy(error, done) {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk: Buffer) => {
    let at = 0
    // One piece for each chunk of the socket: a thousand frames of one byte would cost a thousand objects.
    const parts: Buffer[] = []
    while (at < chunk.length) {
      if (left === 0) {
        const need = 8 - header.length
        header =
          header.length === 0 && chunk.length - at >= 8
            ? chunk.subarray(at, at + 8)
            : Buffer.concat([header, chunk.subarray(at, at + need)])
        at += Math.min(need, chunk.length - at)
        if (header.length < 8) break
        stream = header[0] ?? 1
        left = header.readUInt32BE(4)
        header = Buffer.alloc(0)
        continue
      }
      const part = chunk.subarray(at, at + left)
      at += part.length
      left -= part.length
      if (stream === 2) onStderr(part)
      else parts.push(part)
    }
    const whole = parts.length > 1 ? Buffer.concat(parts) : parts[0]
    if (whole && !stdout.push(whole)) socket.pause()
  })
  const end = () => {
    if (!stdout.readableEnded) stdout.push(null)
  }
  socket.once('end', end)
  socket.once('close', end)
  socket.once('error', end)
  return stdout
}
