/** Protects: a full disk breaks only its own node, which is cleaned up from inside, as on any host; also after a restart. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killNode, patience, readUntil, runtime, sessionSpec, startNode } from '../../../test/real-nodes.ts'
import type { RuntimeNode } from '../port.ts'

/** As labs choose it that are about a full disk. */
const spec = () => sessionSpec({ limits: { memory_mb: 512, cpus: 1, pids: 512, disk_mb: 256 } })
const [mine, other] = [spec(), spec()]
let node: RuntimeNode
let neighbour: RuntimeNode
const sh = async (script: string, on = node) => {
  const said = await on.exec(['bash', '-c', `exec 2>&1\n${script}`], patience)
  return { code: said.code, text: said.stdout.trim() }
}
const free = async () => Number((await sh('df --output=avail -k / | tail -n 1')).text)
const runs = 'docker run --rm busybox:1.37 echo alive'
/** Appends, as its own engine may give a block back while it ends what it was about: a temporary file of a prune. Small pieces go in last. */
const fill = 'cat /dev/zero >> /root/full; dd if=/dev/zero bs=1k >> /root/full'

beforeAll(async () => {
  ;[node, neighbour] = await Promise.all([startNode(mine), startNode(other)])
})
afterAll(() => Promise.all([runtime.remove(mine.session), runtime.remove(other.session)]))

test('images and build cache fill it; prune makes room again', async () => {
  const build = `mkdir -p /root/big && cd /root/big && printf 'FROM debian:13-slim\\nARG N\\nRUN head -c 60000000 /dev/urandom > /file-$N\\n' > Dockerfile
    for n in 1 2 3 4 5 6; do docker build --progress plain --build-arg N=$n -t big:$n . >/run/said 2>&1 || { cat /run/said; exit 1; }; done`
  expect((await sh(build)).text).toMatch(/no space left on device/i)
  expect(await free()).toBeLessThan(70_000)
  expect((await sh('docker system df')).text).toContain('Images')
  expect((await sh('docker rmi -f $(docker images -q big) >/dev/null; docker system prune -f')).text).toContain(
    'reclaimed',
  )
  expect(await free()).toBeGreaterThan(150_000)
})

test('to the last byte: the node says so and can be used, its neighbour does not notice', async () => {
  await expect.poll(() => sh(fill).then(free)).toBe(0)
  expect((await sh(`${fill}; echo x > /root/more`)).text).toMatch(/echo: write error: No space left on device/)
  const terminal = await node.attach('main', { since: null, cols: 80, rows: 24 })
  terminal.write(Buffer.from('df -h /; echo still-$((40+2))\n'))
  expect(await readUntil(terminal, 'still-42')).toContain('100%')
  terminal.close()
  expect(await sh(runs, neighbour)).toEqual({ code: 0, text: 'alive' })
})

test('it comes back from a restart, and is repaired from inside', async () => {
  await killNode(mine)
  const [again] = await runtime.open(mine)
  if (!again) throw new Error('no node')
  node = again
  expect((await sh('df -h / | tail -n 1; cat /etc/hostname')).text).toMatch(/100%[^]*node1/)
  expect(await sh('rm /root/full')).toMatchObject({ code: 0 })
  expect((await sh('service docker start')).code).toBe(0)
  expect(await sh(runs)).toEqual({ code: 0, text: 'alive' })
})
