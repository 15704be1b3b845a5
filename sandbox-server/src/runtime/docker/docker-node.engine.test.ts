/** What a lab node promises, on the real lab engine: it works like a Docker host, and it ends where its limits are. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EngineDown, NotFound } from '@drydock/kit'
import { patience, runtime, sessionSpec, startNode } from '../../../test/real-nodes.ts'
import type { RuntimeNode } from '../port.ts'

const mine = sessionSpec()
let node: RuntimeNode

beforeAll(async () => {
  node = await startNode(mine)
})
afterAll(() => runtime.remove(mine.session))

describe('a node is a Docker host', () => {
  test('all preloaded images are there and run', async () => {
    const images = (await node.request('GET', '/images/json')) as { RepoTags: string[] }[]
    expect(new Set(images.flatMap((image) => image.RepoTags))).toEqual(new Set(await runtime.images()))
    const said = await node.exec(['docker', 'run', '--rm', 'debian:13-slim', 'cat', '/etc/debian_version'], patience)
    expect(said.stdout).toMatch(/^13/)
  })

  test('a missing image fails at once', async () => {
    const before = performance.now()
    const said = await node.exec(['docker', 'run', 'no-such-image:1'])
    expect(said.code).toBe(125)
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test('a memory limit kills with 137', async () => {
    const eat = `python -c 'bytearray(200_000_000)'`
    const said = await node.exec(
      ['docker', 'run', '--rm', '-m', '32m', 'python:3.13-slim', 'sh', '-c', `exec ${eat}`],
      patience,
    )
    expect(said.code).toBe(137)
    // containerd hears of the kill and of the container's end by two ways, and either may be first: here the container outlives the kill.
    const survivor = `${eat}; echo ended with $?; exec sleep infinity`
    const run: [string, ...string[]] = [
      'docker',
      'run',
      '-d',
      '--init',
      '--name',
      'fat',
      '-m',
      '32m',
      'python:3.13-slim',
      'sh',
      '-c',
      survivor,
    ]
    expect((await node.exec(run, patience)).code).toBe(0)
    const told = async () =>
      ((await node.request('GET', '/containers/fat/json')) as { State: { OOMKilled: boolean } }).State.OOMKilled
    await expect.poll(told, { timeout: 20_000 }).toBe(true)
    await expect.poll(async () => (await node.exec(['docker', 'logs', 'fat'])).stdout).toBe('ended with 137\n')
  })

  test('buildkit builds on a preloaded image', async () => {
    const script =
      'mkdir -p /tmp/b && cd /tmp/b && printf "FROM busybox:1.37\\nRUN echo built > /x\\n" > Dockerfile && docker build -q -t mine . && docker run --rm mine cat /x'
    const said = await node.exec(['sh', '-c', script], { timeout_ms: 60_000 })
    expect(said.stdout).toContain('built')
  })

  test('a 404 and a stopped engine are told apart', async () => {
    await expect(node.request('GET', '/containers/nobody/json')).rejects.toBeInstanceOf(NotFound)
    await node.exec(['service', 'docker', 'stop'], { timeout_ms: 30_000 })
    await expect(node.request('GET', '/containers/json')).rejects.toBeInstanceOf(EngineDown)
    expect((await node.exec(['service', 'docker', 'start'], patience)).code).toBe(0)
    await node.exec(['sh', '-c', 'until docker version >/dev/null 2>&1; do sleep 0.1; done'], { timeout_ms: 30_000 })
    await expect(node.request('GET', '/containers/json')).resolves.toBeInstanceOf(Array)
  })

  test('events of its engine arrive', async () => {
    const seen = new Promise((resolve) => {
      const stop = node.events(
        (event) => {
          if ((event as { Action?: string }).Action !== 'create') return
          stop()
          resolve(true)
        },
        () => undefined,
      )
    })
    // The stream has begun when a later request on the same engine has been answered.
    await node.request('GET', '/_ping')
    await node.exec(['docker', 'create', 'busybox:1.37'], patience)
    await expect(seen).resolves.toBe(true)
  })
})

describe('a node ends where its limits are', () => {
  test('its disk is full after its own size, and the node goes on', async () => {
    const said = await node.exec(['sh', '-c', 'dd if=/dev/zero of=/root/big bs=1M count=4000; stat -c %s /root/big'], {
      timeout_ms: 120_000,
    })
    expect(said.stderr).toContain('No space left on device')
    expect(Number(said.stdout)).toBeLessThan(1024 * 2 ** 20)
    await node.exec(['rm', '/root/big'])
    expect((await node.exec(['docker', 'run', '--rm', 'busybox:1.37', 'echo', 'alive'], patience)).stdout).toBe(
      'alive\n',
    )
  })

  test('a fork bomb ends at the limit of processes', { timeout: 180_000 }, async () => {
    // Long enough for a slow host to have started as many as fit before the first one ends.
    const said = await node.exec(
      ['bash', '-c', 'for i in $(seq 1 1000); do sleep 40 & done 2>&1 | tail -c 200; true'],
      {
        timeout_ms: 90_000,
      },
    )
    expect(said.stdout + said.stderr).toMatch(/fork|resource/i)
    const alive = async () => (await node.exec(['echo', 'alive'])).stdout
    await expect.poll(() => alive().catch(String), { timeout: 60_000 }).toBe('alive\n')
  })

  test('its limits cannot be raised from inside', async () => {
    const files =
      '/sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max'
    const said = await node.exec([
      'sh',
      '-c',
      `for f in ${files}; do [ -e $f ] && { echo 8000000000 > $f && echo RAISED; }; done; true`,
    ])
    expect(said.stdout).not.toContain('RAISED')
    expect(said.stderr).toMatch(/denied/i)
  })

  test('the host and its services do not answer', async () => {
    const service = createServer((socket) => socket.end('reached')).listen(0, '0.0.0.0')
    await once(service, 'listening')
    try {
      const { port } = service.address() as AddressInfo
      const own = Object.values(networkInterfaces()).flatMap(
        (each) => each?.filter((one) => one.family === 'IPv4').map((one) => one.address) ?? [],
      )
      // The control: on the host the service is there.
      await new Promise((resolve, reject) =>
        connect(port, own[0] ?? '127.0.0.1')
          .once('data', resolve)
          .once('error', reject),
      )
      const gateway = '$(ip route | sed -n "s/^default via \\([0-9.]*\\).*/\\1/p")'
      const script = `for a in 10.201.0.1 ${gateway} ${own.join(' ')}; do nc -w 1 $a ${port} </dev/null && echo "REACHED $a"; done; echo asked`
      const said = await node.exec(['sh', '-c', script], { timeout_ms: 60_000 })
      expect(said.stdout).toContain('asked')
      expect(said.stdout).not.toMatch(/reached/i)
    } finally {
      service.close()
    }
  })

  test('root in the node is nobody on the host', async () => {
    const said = await node.exec([
      'sh',
      '-c',
      'cat /proc/self/uid_map; mknod /tmp/disk b 254 0 && cat /tmp/disk; echo x > /proc/sys/kernel/core_pattern; mount -o remount,rw /golden',
    ])
    expect(said.stdout).toMatch(/^\s*0\s+\d{6,}\s+65536/)
    expect(said.stderr).toMatch(/mknod.*not permitted/)
    expect(said.stderr).toMatch(/core_pattern/)
    expect((await node.exec(['touch', '/golden/x'])).code).not.toBe(0)
  })

  test('its root cannot make the images that all nodes share writable', async () => {
    const tries = [
      'mount -o remount,bind,rw /golden',
      'mount -o remount,rw /golden',
      'mkdir -p /tmp/g && mount --bind /golden /tmp/g && mount -o remount,bind,rw /tmp/g && touch /tmp/g/x',
      'mkdir -p /tmp/h && unshare -m sh -c "mount --bind /golden /tmp/h; mount -o remount,bind,rw /tmp/h; touch /tmp/h/x"',
      'touch /golden/x',
    ]
    for (const each of tries) expect((await node.exec(['sh', '-c', each])).code, each).not.toBe(0)
    const other = await node.exec(['sh', '-c', 'touch "$(ls -d /golden/overlay2/*/diff | head -n 1)/x"'])
    expect(other.stderr).toContain('Read-only file system')
  })

  test('an archive that is too large is refused, a small one makes the round trip', async () => {
    await node.exec(['sh', '-c', 'mkdir -p /root/p && head -c 3000000 /dev/urandom > /root/p/big'])
    await expect(node.pack('/root/p', 1_000_000)).rejects.toThrow('larger than')
    const archive = await node.pack('/root/p', 5_000_000)
    await node.unpack('/root/q', archive)
    expect((await node.exec(['cmp', '/root/p/big', '/root/q/big'])).code).toBe(0)
  })

  test('output is bounded, and a program that does not end is cut off', async () => {
    const said = await node.exec(['sh', '-c', 'head -c 3000000 /dev/zero'])
    expect(said.truncated).toBe(true)
    expect(said.stdout.length).toBe(1024 * 1024)
    expect((await node.exec(['sleep', '60'], { timeout_ms: 300 })).code).toBe(-1)
  })
})
