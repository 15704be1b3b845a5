/** A connection that a program in a container holds for us (`nc`), as the stream that node:http expects of a socket. */
import type Docker from 'dockerode'
import { Duplex } from 'node:stream'
import { openExec } from './exec-stream.ts'

export async function dial(container: Docker.Container, argv: readonly string[]): Promise<Duplex> {
  const exec = await openExec(container, { argv })
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => void exec.stdout.resume(),
    write(chunk: Buffer, _encoding, done) {
      if (exec.stdin.write(chunk)) done()
      else exec.stdin.once('drain', () => done())
    },
    final(done) {
      exec.close()
      done()
    },
    destroy(error, done) {
      exec.close()
      done(error)
    },
  })
  exec.stdout.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) exec.stdout.pause()
  })
  exec.stdout.on('end', () => stream.push(null))
  // At its end what is not read yet is still to be read.
  exec.stdout.on('close', () => exec.stdout.readableEnded || stream.destroy())
  exec.stdin.on('error', () => stream.destroy())
  // What node:http expects of a socket; there is nothing to set on a pipe.
  return Object.assign(stream, {
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    setTimeout: () => stream,
    ref: () => stream,
    unref: () => stream,
  })
}
