/** Terminals on the real lab engine: they live on without a watcher, are bounded, and hold back a shell that nobody reads. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readUntil, runtime, sessionSpec, startNode } from '../../../test/real-nodes.ts'
import type { RuntimeNode } from '../port.ts'

const mine = sessionSpec()
let node: RuntimeNode

beforeAll(async () => {
  node = await startNode(mine)
})
afterAll(() => runtime.remove(mine.session))

const size = { cols: 80, rows: 24 }

test('lives on when nobody watches, and a reader gets just what it lacks', async () => {
  const first = await node.attach('main', { since: null, ...size })
  first.write(Buffer.from('X=kept; echo one-$X\n'))
  const seen = await readUntil(first, 'one-kept')
  const offset = first.offset + Buffer.byteLength(seen)
  first.close()
  await node.exec(['sh', '-c', 'true'])
  const second = await node.attach('main', { since: offset, ...size })
  expect(second.continues).toBe(true)
  expect(second.offset).toBe(offset)
  second.write(Buffer.from('echo two-$X\n'))
  const more = await readUntil(second, 'two-kept')
  expect(more).not.toContain('one-kept')
  second.close()
  const third = await node.attach('main', { since: null, ...size })
  expect(third.offset).toBe(0)
  expect(third.until).toBeGreaterThan(offset)
  expect(await readUntil(third, 'two-kept')).toContain('one-kept')
  third.close()
})

test('shows two people the same', async () => {
  const [a, b] = await Promise.all([
    node.attach('both', { since: null, ...size }),
    node.attach('both', { since: null, ...size }),
  ])
  a.write(Buffer.from('echo to-$((40+2))\n'))
  await Promise.all([readUntil(a, 'to-42'), readUntil(b, 'to-42')])
  a.close()
  b.close()
})

test('two who are the first at the same moment get one shell', async () => {
  // Nearer to each other than two requests would be, and several times: it is a matter of a millisecond.
  const twins = `term=/usr/lib/drydock/term
    for i in 1 2 3 4 5 6; do
      for who in a b; do sleep 60 | $term attach twin-$i -1 80 24 /root 1 >/run/twin-$i-$who & done
    done 2>/dev/null
    until [ "$(find /run -maxdepth 1 -name 'twin-*' -size +0 | wc -l)" = 12 ]; do sleep 0.1; done
    $term list | grep -c twin
    for i in 1 2 3 4 5 6; do $term close twin-$i; done; pkill sleep`
  const said = await node.exec(['bash', '-c', `exec 2>/dev/null\n${twins}`], { timeout_ms: 30_000 })
  expect(said.stdout).toBe('6\n')
})

test('has the size of the last resize', async () => {
  const terminal = await node.attach('sized', { since: null, ...size })
  terminal.resize(133, 37)
  terminal.write(Buffer.from('stty size\n'))
  await readUntil(terminal, '37 133')
  terminal.close()
})

test('keeps a bounded end of endless output and stays usable', async () => {
  const terminal = await node.attach('loud', { since: null, ...size })
  terminal.write(Buffer.from('head -c 20000000 /dev/zero | tr "\\0" "y" | fold; echo the-$((1+1))nd\n'))
  await readUntil(terminal, 'the-2nd')
  terminal.close()
  const again = await node.attach('loud', { since: 5, ...size })
  expect(again.continues).toBe(false)
  expect(again.until - again.offset).toBeLessThanOrEqual(4 * 1024 * 1024)
  again.close()
})

test('holds the shell back when nobody reads, and goes on when somebody does', async () => {
  const terminal = await node.attach('stuck', { since: null, ...size })
  terminal.write(
    Buffer.from('head -c 30000000 /dev/zero | tr "\\0" "z"; echo do-$((1+1))ne; echo ok > /root/finished\n'),
  )
  await readUntil(terminal, 'zzzz')
  terminal.output.pause()
  // How far the shell has come, until it comes no further.
  let [far, still] = [0, 0]
  const look = async () => {
    const other = await node.attach('stuck', { since: null, ...size })
    other.close()
    still = other.until === far ? still + 1 : 0
    far = other.until
    return still
  }
  await expect.poll(look).toBeGreaterThan(3)
  expect(far).toBeLessThan(20_000_000)
  expect((await node.exec(['cat', '/root/finished'])).code).not.toBe(0)
  await readUntil(terminal, 'do-2ne')
  terminal.close()
})

test('lets go of one who reads no more, and the shell goes on', async () => {
  const dead = await node.attach('freed', { since: null, ...size })
  dead.write(
    Buffer.from('head -c 3000000 /dev/zero | tr "\\0" "z"; echo do-$((1+1))ne; echo ok > /root/freed; echo free\n'),
  )
  await readUntil(dead, 'zzzz')
  dead.output.pause()
  expect(await node.terminals({ letGo: Date.now() })).toContain('freed')
  const heir = await node.attach('freed', { since: null, ...size })
  await readUntil(heir, 'do-2ne')
  heir.close()
  dead.close()
})

test('ends with the code of its shell, is listed while it lives, and can be closed', async () => {
  const terminal = await node.attach('short', { since: null, ...size })
  expect(await node.terminals()).toContain('short')
  terminal.output.resume()
  terminal.write(Buffer.from('exit 7\n'))
  expect(await terminal.exited).toBe(7)
  await expect.poll(() => node.terminals()).not.toContain('short')
  const other = await node.attach('other', { since: null, ...size })
  other.output.resume()
  await node.closeTerminal('other')
  await other.exited
  await expect.poll(() => node.terminals()).not.toContain('other')
})

test('a name that is no name never reaches the node', async () => {
  await expect(node.attach('../x', { since: null, ...size })).rejects.toThrow('no name of a terminal')
})
