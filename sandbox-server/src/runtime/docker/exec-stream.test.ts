/** Protects: Docker's multiplexed stream is taken apart the same wherever the network cut it, and a slow reader holds it back. */
import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { splitOutput } from './exec-stream.ts'

function frame(stream: number, text: string): Buffer {
  const head = Buffer.alloc(8)
  head[0] = stream
  head.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([head, Buffer.from(text)])
}

const wire = Buffer.concat([frame(1, 'hello '), frame(2, 'oops'), frame(1, ''), frame(1, 'world')])
const socket = () => new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })

async function collect(chunks: Buffer[]) {
  const from = socket()
  let errors = ''
  const stdout = splitOutput(from, (chunk) => (errors += chunk.toString()))
  for (const chunk of chunks) from.push(chunk)
  from.push(null)
  let out = ''
  for await (const chunk of stdout) out += String(chunk)
  return { out, errors }
}

test('every place to cut the stream gives the same text', async () => {
  for (let cut = 1; cut < wire.length; cut++)
    expect(await collect([wire.subarray(0, cut), wire.subarray(cut)])).toEqual({ out: 'hello world', errors: 'oops' })
})

test('one byte at a time gives the same text', async () => {
  expect(await collect([...wire].map((byte) => Buffer.from([byte])))).toEqual({ out: 'hello world', errors: 'oops' })
})

test('a reader that does not read stops the socket after a bounded amount', async () => {
  let given = 0
  const block = frame(1, 'x'.repeat(64 * 1024))
  const from = new Duplex({
    read() {
      given += block.length
      this.push(block)
    },
    write: (_chunk, _encoding, done) => done(),
  })
  const stdout = splitOutput(from, () => undefined)
  await new Promise((resolve) => from.once('pause', resolve))
  await new Promise((resolve) => setImmediate(resolve))
  const held = given
  await new Promise((resolve) => setImmediate(resolve))
  expect(given).toBe(held)
  expect(held).toBeLessThan(2 * 1024 * 1024)
  stdout.destroy()
})
