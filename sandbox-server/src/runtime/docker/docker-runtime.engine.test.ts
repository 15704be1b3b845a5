/** The runtime's promises on the real lab engine: nodes that work like a Docker host, limits that hold, terminals that stay, nothing left behind. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EngineDown, NotFound } from '@drydock/kit'
import { requireEngine } from '../../../../infra/engine/api.ts'
import { openInstance } from '../../../../infra/instance.ts'
import type { RuntimeNode, SessionSpec, TerminalStream } from '../port.ts'
import { createDockerRuntime } from './docker-runtime.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const instance = openInstance(root, process.env.DRYDOCK_STATE)
const runtime = createDockerRuntime({ instance, logger: pino({ level: 'silent' }) })
const spec = (more: Partial<SessionSpec> = {}): SessionSpec => ({
  session: randomBytes(6).toString('hex'),
  lab: 'test/runtime',
  learner: 'test',
  created_at: Date.now(),
  seed: 1,
  nodes: 1,
  limits: { memory_mb: 512, cpus: 1, pids: 512, disk_mb: 1024 },
  network: 'none',
  folder: 'work',
  ...more,
})
const start = (of: SessionSpec) => runtime.start(of, { signal: AbortSignal.timeout(60_000), progress: () => undefined })

/** Collects output until it contains `text`. */
async function until(terminal: TerminalStream, text: string): Promise<string> {
  let seen = ''
  for await (const chunk of terminal.output.iterator({ destroyOnReturn: false })) {
    seen += String(chunk)
    if (seen.includes(text)) return seen
  }
  throw new Error(`the terminal ended before '${text}': ${seen}`)
}

const mine = spec()
let node: RuntimeNode

beforeAll(async () => {
  const [first] = await start(mine)
  if (!first) throw new Error('no node')
  node = first
})
afterAll(() => runtime.remove(mine.session))

describe('a node is a Docker host', () => {
  test('all preloaded images are there and run', async () => {
    const images = (await node.request('GET', '/images/json')) as { RepoTags: string[] }[]
    expect(new Set(images.flatMap((image) => image.RepoTags))).toEqual(new Set(await runtime.images()))
    const said = await node.exec(['docker', 'run', '--rm', 'debian:13-slim', 'cat', '/etc/debian_version'])
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
    const said = await node.exec(['docker', 'run', '--rm', '-m', '32m', 'python:3.13-slim', 'sh', '-c', `exec ${eat}`])
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
    expect((await node.exec(run)).code).toBe(0)
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
    expect((await node.exec(['service', 'docker', 'start'])).code).toBe(0)
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
    await node.exec(['docker', 'create', 'busybox:1.37'])
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
    expect((await node.exec(['docker', 'run', '--rm', 'busybox:1.37', 'echo', 'alive'])).stdout).toBe('alive\n')
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

describe('a terminal', () => {
  const size = { cols: 80, rows: 24 }

  test('lives on when nobody watches, and a reader gets just what it lacks', async () => {
    const first = await node.attach('main', { since: null, ...size })
    first.write(Buffer.from('X=kept; echo one-$X\n'))
    const seen = await until(first, 'one-kept')
    const offset = first.offset + Buffer.byteLength(seen)
    first.close()
    await node.exec(['sh', '-c', 'true'])
    const second = await node.attach('main', { since: offset, ...size })
    expect(second.continues).toBe(true)
    expect(second.offset).toBe(offset)
    second.write(Buffer.from('echo two-$X\n'))
    const more = await until(second, 'two-kept')
    expect(more).not.toContain('one-kept')
    second.close()
    const third = await node.attach('main', { since: null, ...size })
    expect(third.offset).toBe(0)
    expect(third.until).toBeGreaterThan(offset)
    expect(await until(third, 'two-kept')).toContain('one-kept')
    third.close()
  })

  test('shows two people the same', async () => {
    const [a, b] = await Promise.all([
      node.attach('both', { since: null, ...size }),
      node.attach('both', { since: null, ...size }),
    ])
    a.write(Buffer.from('echo to-$((40+2))\n'))
    await Promise.all([until(a, 'to-42'), until(b, 'to-42')])
    a.close()
    b.close()
  })

  test('has the size of the last resize', async () => {
    const terminal = await node.attach('sized', { since: null, ...size })
    terminal.resize(133, 37)
    terminal.write(Buffer.from('stty size\n'))
    await until(terminal, '37 133')
    terminal.close()
  })

  test('keeps a bounded end of endless output and stays usable', async () => {
    const terminal = await node.attach('loud', { since: null, ...size })
    terminal.write(Buffer.from('head -c 20000000 /dev/zero | tr "\\0" "y" | fold; echo the-$((1+1))nd\n'))
    await until(terminal, 'the-2nd')
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
    await until(terminal, 'zzzz')
    terminal.output.pause()
    expect((await node.exec(['cat', '/root/finished'])).code).not.toBe(0)
    await until(terminal, 'do-2ne')
    terminal.close()
  })

  test('lets go of one who reads no more, and the shell goes on', async () => {
    const dead = await node.attach('freed', { since: null, ...size })
    dead.write(
      Buffer.from('head -c 3000000 /dev/zero | tr "\\0" "z"; echo do-$((1+1))ne; echo ok > /root/freed; echo free\n'),
    )
    await until(dead, 'zzzz')
    dead.output.pause()
    expect(await node.terminals({ letGo: Date.now() })).toContain('freed')
    const heir = await node.attach('freed', { since: null, ...size })
    await until(heir, 'do-2ne')
    heir.close()
    dead.close()
  })

  test('ends with the code of its shell, is listed while it lives, and can be closed', async () => {
    const terminal = await node.attach('short', { since: null, ...size })
    expect(await node.terminals()).toContain('short')
    terminal.output.resume()
    terminal.write(Buffer.from('exit 7\n'))
    expect(await terminal.exited).toBe(7)
    expect(await node.terminals()).not.toContain('short')
    const other = await node.attach('other', { since: null, ...size })
    other.output.resume()
    await node.closeTerminal('other')
    expect(await node.terminals()).not.toContain('other')
    await other.exited
  })

  test('a name that is no name never reaches the node', async () => {
    await expect(node.attach('../x', { since: null, ...size })).rejects.toThrow('no name of a terminal')
  })
})

describe('sessions', () => {
  test('a cancelled start leaves nothing', async () => {
    const other = spec()
    const cancel = new AbortController()
    const starting = runtime.start(other, {
      signal: cancel.signal,
      progress: (text) => void (text.includes('Engine') && cancel.abort()),
    })
    await expect(starting).rejects.toThrow()
    expect((await runtime.list()).map((each) => each.session)).not.toContain(other.session)
    expect(readdirSync(instance.disks).filter((name) => name.startsWith(other.session))).toEqual([])
  })

  test('nodes know each other by name, and no other session', async () => {
    const three = spec({ nodes: 2 })
    try {
      const nodes = await start(three)
      expect(nodes.map((each) => each.name)).toEqual(['node1', 'node2'])
      expect((await runtime.list()).find((each) => each.session === three.session)?.complete).toBe(true)
      const address = (await nodes[1]?.exec(['hostname', '-i']))?.stdout.trim() ?? ''
      expect((await nodes[0]?.exec(['ping', '-c', '1', '-W', '2', address]))?.code).toBe(0)
      expect((await nodes[0]?.exec(['ping', '-c', '1', '-W', '2', 'node2']))?.code).toBe(0)
      expect((await node.exec(['ping', '-c', '1', '-W', '1', address])).code).not.toBe(0)
    } finally {
      await runtime.remove(three.session)
    }
    expect(existsSync(path.join(instance.disks, `${three.session}-node1.img`))).toBe(false)
  })

  test('a node goes away with all it has, also with a container that its learner paused', async () => {
    const of = spec()
    const [paused] = await start(of)
    const said = await paused?.exec([
      'sh',
      '-c',
      'docker run -d --name still busybox:1.37 sleep 1000 && docker pause still',
    ])
    expect(said?.code).toBe(0)
    const before = performance.now()
    await runtime.remove(of.session)
    // An engine that waits in vain for a frozen process gives up after ten seconds and more.
    expect(performance.now() - before).toBeLessThan(8000)
    expect((await runtime.list()).some((found) => found.session === of.session)).toBe(false)
  })

  test('a network or a disk without a node is found, removed, and so is a disk that a kill left half copied', async () => {
    const { session } = spec()
    const network = { Name: session, Internal: true, Labels: { 'drydock.home': session } }
    await requireEngine(instance, 'POST', '/networks/create', { json: network })
    writeFileSync(path.join(instance.disks, `${session}-node1.img`), 'x')
    // No process has this number: it is above the kernel's largest.
    writeFileSync(path.join(instance.disks, `${session}-node2.img.99999999`), 'x')
    expect((await runtime.list()).find((each) => each.session === session)).toEqual({
      session,
      nodes: 0,
      stopped: [],
      complete: false,
    })
    await runtime.remove(session)
    expect((await runtime.list()).some((each) => each.session === session)).toBe(false)
    expect(readdirSync(instance.disks).filter((name) => name.startsWith(session))).toEqual([])
  })

  test('a node outlives its engine, and comes back also when its learner broke the engine', async () => {
    const of = spec()
    try {
      const [first] = await start(of)
      if (!first) throw new Error('no node')
      await first.exec(['bash', '-c', 'kill -9 -1'])
      await first.exec(['sh', '-c', 'echo "{ broken" > /etc/docker/daemon.json'])
      expect((await first.exec(['service', 'docker', 'status'])).code).toBe(3)
      await requireEngine(instance, 'POST', `/containers/${of.session}-node1/kill`)
      const [again] = await runtime.open(of)
      expect((await again?.exec(['cat', '/etc/docker/daemon.json']))?.stdout).toBe('{ broken\n')
      await expect(again?.request('GET', '/containers/json')).rejects.toBeInstanceOf(EngineDown)
      const repair = 'echo "{ \\"debug\\": true }" > /etc/docker/daemon.json; service docker start; docker info'
      const said = await again?.exec(['sh', '-c', `${repair} | grep Debug`], { timeout_ms: 30_000 })
      expect(said?.stdout).toContain('Debug Mode: true')
    } finally {
      await runtime.remove(of.session)
    }
  })

  test('tools that a learner replaced never run where the root of the container can be reached', async () => {
    const of = spec()
    try {
      const [first] = await start(of)
      // What a start calls after the new root is entered, and what an older one called while both roots were there.
      const plant = `for tool in umount rmdir; do printf '#!/bin/sh\nexit 0\n' > /usr/bin/$tool; done
        mv /usr/bin/mkdir /usr/bin/mkdir.real
        printf '#!/bin/sh\ncat /proc/self/mountinfo > /root/seen\nexec /usr/bin/mkdir.real "$@"\n' > /usr/bin/mkdir
        chmod 755 /usr/bin/mkdir /usr/bin/umount /usr/bin/rmdir`
      expect((await first?.exec(['sh', '-c', plant]))?.code).toBe(0)
      await requireEngine(instance, 'POST', `/containers/${of.session}-node1/kill`)
      const [again] = await runtime.open(of)
      const seen = (await again?.exec(['cat', '/root/seen']))?.stdout.trim().split('\n') ?? []
      const points = seen.map((line) => line.split(' ')[4] ?? '')
      expect(points).toContain('/golden')
      expect(seen.filter((line) => line.includes(' - overlay '))).toHaveLength(1)
      expect(points.filter((point) => /^\/(\.old|node|etc)/.test(point))).toEqual([])
    } finally {
      await runtime.remove(of.session)
    }
  })

  test('adopting finds the same shell', async () => {
    const found = (await runtime.list()).find((each) => each.session === mine.session)
    expect(found).toEqual({ session: mine.session, nodes: 1, stopped: [], complete: true })
    const fresh = createDockerRuntime({ instance, logger: pino({ level: 'silent' }) })
    const [again] = await fresh.open(mine)
    const terminal = await again?.attach('main', { since: null, cols: 80, rows: 24 })
    if (!terminal) throw new Error('no terminal')
    expect(await until(terminal, 'two-kept')).toContain('one-kept')
    terminal.close()
  })
})
