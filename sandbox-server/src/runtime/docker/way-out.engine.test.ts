/** Labs with an open network on the real lab engine: they get out, no other does, the host stays as it is, and the way out lives as long as it is needed. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wayOutPid } from '../../../../infra/engine/way-out.ts'
import { openOutside, publicAddress, type Outside } from '../../../../tests/security/outside.ts'
import { instance, killNode, sessionSpec, silent, startNode } from '../../../test/real-nodes.ts'
import type { RuntimeNode, SessionSpec } from '../port.ts'
import { createDockerRuntime } from './docker-runtime.ts'

const spec = (network: SessionSpec['network']) =>
  sessionSpec({ network, limits: { memory_mb: 512, cpus: 1, pids: 512, disk_mb: 512 } })
const hostState = () => ({
  firewall: execFileSync(
    'sh',
    ['-c', 'iptables-save | grep -v "^#" | sed "s/\\[.*//"; ip6tables-save | grep -v "^#" | sed "s/\\[.*//"'],
    { encoding: 'utf8' },
  ),
  links: execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' }).replace(/\d+: veth.*\n/g, ''),
  // What the sandbox of the way out unmounts must not be unmounted here. Not those of others, who come and go meanwhile.
  namespaces: readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((at) => at.startsWith(`/run/netns/${instance.name}`)),
  forwarding: readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8'),
})
let outside: Outside
let runtime: ReturnType<typeof createDockerRuntime>
const start = (of: SessionSpec) => startNode(of, runtime)
const ask = async (node: RuntimeNode) =>
  (await node.exec(['nc', '-w', '3', publicAddress, String(outside.port)], { timeout_ms: 10_000 })).stdout.trim()

beforeAll(async () => {
  outside = await openOutside(`${instance.name}-out`)
  runtime = createDockerRuntime({ instance, logger: silent, wayOut: { forbidden: [], outside: outside.namespace } })
})
afterAll(async () => {
  await runtime.close()
  await outside[Symbol.asyncDispose]()
})

test('two sessions get out, one without does not; the last takes the way out with it', async () => {
  const before = hostState()
  const [one, two, none] = [spec('open'), spec('open'), spec('none')]
  try {
    const [first, second, closed] = await Promise.all([start(one), start(two), start(none)])
    expect(hostState()).toEqual(before)
    expect(await ask(first)).toBe('reached')
    expect(await ask(second)).toBe('reached')
    expect(await ask(closed)).toBe('')
    // A container in it goes out by the node.
    const inner = `docker run --rm python:3.13-slim python3 -c "import socket; print(socket.create_connection(('${publicAddress}', ${outside.port}), 5).recv(9))"`
    expect((await first.exec(['sh', '-c', inner], { timeout_ms: 30_000 })).stdout).toContain('reached')

    const pid = wayOutPid(instance)
    expect(pid).not.toBeNull()
    await runtime.remove(one.session)
    expect(wayOutPid(instance)).toBe(pid)
    // A node that was ended comes back with its way out.
    await killNode(two)
    const [again] = await runtime.open(two)
    expect(again && (await ask(again))).toBe('reached')
  } finally {
    for (const each of [one, two, none]) await runtime.remove(each.session)
  }
  expect(wayOutPid(instance)).toBeNull()
  expect(execFileSync('ip', ['-n', instance.name, '-o', 'link'], { encoding: 'utf8' })).not.toContain('out0')
  expect(hostState()).toEqual(before)
})

test('without the consent of the operator there is none', async () => {
  const other = createDockerRuntime({ instance, logger: silent })
  const of = spec('open')
  await expect(startNode(of, other)).rejects.toThrow('has not allowed')
  expect((await other.list()).some((found) => found.session === of.session)).toBe(false)
  await other.close()
})
