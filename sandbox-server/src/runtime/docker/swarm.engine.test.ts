/** Several nodes on the real lab engine: a swarm over an overlay network that carries traffic, and a node that goes and comes back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireEngine } from '../../../../infra/engine/api.ts'
import { instance, killNode, runtime, sessionSpec, silent, startNodes } from '../../../test/real-nodes.ts'
import type { RuntimeNode } from '../port.ts'
import { createDockerRuntime } from './docker-runtime.ts'

const spec = sessionSpec({ nodes: 3, limits: { memory_mb: 768, cpus: 1, pids: 1024, disk_mb: 1024 } })
let nodes: RuntimeNode[]
const on = async (node: number, script: string) => {
  const said = await nodes[node - 1]?.exec(['sh', '-ec', script], { timeout_ms: 90_000 })
  return { code: said?.code ?? -1, text: `${said?.stdout ?? ''}${said?.stderr ?? ''}`.trim() }
}
/** Waits inside the node, by asking until it is so. */
const until = (condition: string) =>
  `tries=0; until ${condition}; do tries=$((tries+1)); [ $tries -lt 300 ]; sleep 0.2; done`

beforeAll(async () => {
  nodes = await startNodes(spec)
})
afterAll(() => runtime.remove(spec.session))

test('one node drives the engine of another over ssh, without a question and without a password', async () => {
  expect(await on(1, 'docker -H ssh://node2 run -d --name there busybox:1.37 sleep 1000 >/dev/null')).toMatchObject({
    code: 0,
  })
  expect(
    await on(
      1,
      'docker context create two --docker host=ssh://node2 >/dev/null 2>&1 && docker --context two info -f "{{.Name}}"',
    ),
  ).toMatchObject({ text: 'node2' })
  expect(await on(1, 'docker ps -q; ssh node3 hostname')).toMatchObject({ code: 0, text: 'node3' })
  expect(await on(2, 'docker rm -f there')).toMatchObject({ text: 'there' })
  // Who has none of the session's keys is not let in.
  expect((await on(1, 'ssh -i /dev/null -o IdentitiesOnly=yes -o BatchMode=yes node2 true')).text).toContain(
    'Permission denied',
  )
})

test('three nodes become a swarm by their names', async () => {
  expect(await on(1, 'docker swarm init --advertise-addr "$(hostname -i)" >/dev/null')).toMatchObject({ code: 0 })
  const { text: token } = await on(1, 'docker swarm join-token -q worker')
  for (const worker of [2, 3])
    expect(await on(worker, `docker swarm join --token ${token} node1:2377`)).toMatchObject({ code: 0 })
  const { text } = await on(1, "docker node ls --format '{{.Hostname}} {{.Status}}' | sort")
  expect(text.split('\n')).toEqual(['node1 Ready', 'node2 Ready', 'node3 Ready'])
})

test('a service runs on all of them, and its name leads to every task over the overlay network', async () => {
  const made = await on(
    1,
    `docker network create -d overlay --attachable app >/dev/null
     docker service create -q --name web --network app --endpoint-mode dnsrr --mode global --no-resolve-image \\
       --publish mode=host,target=8000,published=8000 python:3.13-slim-trixie \\
       sh -c 'hostname > index.html && exec python3 -m http.server 8000'
     ${until('[ "$(docker service ps web --filter desired-state=running --format \'{{.CurrentState}}\' | grep -c ^Running)" = 3 ]')}`,
  )
  expect(made.code, made.text).toBe(0)
  // The nodes tell each other of names in a moment, and a task runs before its program listens.
  const ask = `python3 -c '
import socket, sys, urllib.request
found = {each[4][0] for each in socket.getaddrinfo("web", 8000, socket.AF_INET)}
said = {urllib.request.urlopen(f"http://{address}:8000/", timeout=10).read() for address in found}
print(len(found), len(said))
sys.exit(len(said) != 3)'`
  const asked = await on(
    2,
    `cat >/root/ask <<'end'\n${until(`${ask} 2>/dev/null`)}\nend
     docker run --rm --network app -v /root/ask:/ask python:3.13-slim-trixie sh /ask | tail -n 1`,
  )
  expect(asked).toEqual({ code: 0, text: '3 3' })
  // A port in host mode is that of the node, for its siblings as well.
  expect((await on(3, 'curl -fsS --max-time 5 http://node2:8000/')).code).toBe(0)
})

test('an engine that was stopped while it took its overlay down finds its way into it again', async () => {
  // What is left of such a stop, seen on busy hosts: the VXLAN device of the network, in the node instead of in the overlay.
  const left = `id=$(docker network inspect app --format '{{index .Options "com.docker.network.driver.overlay.vxlanid_list"}}')
    service docker stop >/dev/null; ip link add vx-00$id-left type vxlan id $id dstport 4789 nolearning`
  expect(await on(3, left)).toMatchObject({ code: 0 })
  expect(await on(3, 'service docker start >/dev/null')).toMatchObject({ code: 0 })
  const answers = await on(1, until('curl -fsS --max-time 2 -o /dev/null http://node3:8000/ 2>/dev/null'))
  expect(answers.code, (await on(3, 'grep "fatal task error" /var/log/docker.log; ip -o link')).text).toBe(0)
})

test('a node that dies is seen to be down, and comes back with its place in the swarm', async () => {
  await killNode(spec, 'node3')
  const down = await on(1, until("docker node ls --format '{{.Hostname}} {{.Status}}' | grep -q '^node3 Down'"))
  expect(down.code, down.text).toBe(0)
  nodes = await runtime.open(spec)
  const back = await on(1, until("docker node ls --format '{{.Hostname}} {{.Status}}' | grep -q '^node3 Ready'"))
  expect(back.code, back.text).toBe(0)
})

test('a node is stopped and started from here, keeps its disk, and its siblings find it again by name', async () => {
  const [node1, , node3] = nodes
  if (!node1 || !node3) throw new Error('no nodes')
  await node3.exec(['sh', '-c', 'echo kept > /root/note'])
  // As on a host so busy that an engine gives up once, because its containerd is late.
  const late = `mkdir /opt/real && mv /usr/sbin/dockerd /opt/real/ && cat >/usr/sbin/dockerd <<'end'
#!/bin/sh
[ -e /root/late ] || { touch /root/late; exit 1; }
exec /opt/real/dockerd "$@"
end
    chmod +x /usr/sbin/dockerd`
  expect(await on(3, late)).toMatchObject({ code: 0 })
  await node3.stop()
  // It may be asked for again, and then it is as it was.
  await node3.stop()
  expect((await runtime.list()).find((each) => each.session === spec.session)).toMatchObject({ stopped: ['node3'] })
  expect((await node1.exec(['ping', '-c', '1', '-W', '1', 'node3'])).code).not.toBe(0)
  await node3.start()
  await node3.start()
  expect((await node3.exec(['cat', '/root/note', '/root/late'])).stdout).toBe('kept\n')
  expect((await node1.exec(['ping', '-c', '1', '-W', '2', 'node3'])).code).toBe(0)
  expect((await node3.exec(['ping', '-c', '1', '-W', '2', 'node2'])).code).toBe(0)
  await expect(node3.request('GET', '/_ping')).resolves.toBeDefined()
})

test('what its learner or the kernel ends is told, what was ended through the engine is not', async () => {
  const ends: string[] = []
  const watches = Promise.withResolvers<undefined>()
  const stop = runtime.watch({
    onEngine: (up) => up && watches.resolve(undefined),
    onNodeEnd: (session) => ends.push(session),
  })
  try {
    await watches.promise
    await nodes[1]?.stop()
    await nodes[1]?.start()
    // All that a node's root can do to turn it off.
    await nodes[2]?.exec(['sh', '-c', 'kill -9 -1; reboot -f']).catch(() => undefined)
    const id = `${spec.session}-node3`
    const pid = async () =>
      (JSON.parse(await requireEngine(instance, 'GET', `/containers/${id}/json`)) as { State: { Pid: number } }).State
        .Pid
    const alive = await pid()
    if (alive > 0) process.kill(alive, 'SIGKILL')
    await expect.poll(() => ends, { timeout: 20_000 }).toEqual([spec.session])
    nodes = await runtime.open(spec)
  } finally {
    stop()
  }
})

test('a set of nodes is booted ahead, and claimed whole', { timeout: 180_000 }, async () => {
  const kind = { nodes: 2, disk_mb: 1024 }
  const other = sessionSpec({ limits: spec.limits, nodes: 2 })
  const warm = createDockerRuntime({ instance, logger: silent })
  try {
    // Asked again and again, as the server does: after a start that failed there is no other.
    const ask = () => (warm.keepWarm([{ ...kind, count: 1 }]), warm.warm)
    await expect.poll(ask, { timeout: 90_000 }).toBe(1)
    const before = performance.now()
    const [a, b] = await startNodes(other, warm)
    expect(warm.warm).toBe(0)
    process.stderr.write(`  a claim of two nodes took ${(performance.now() - before).toFixed(0)} ms\n`)
    expect((await a?.exec(['ping', '-c', '1', '-W', '2', 'node2']))?.code).toBe(0)
    expect((await b?.exec(['pwd']))?.stdout).toBe('/root/work\n')
    const { memory, disk } = await warm.usage(other.session)
    expect(memory / 2 ** 20).toBeGreaterThan(20)
    expect(disk / 2 ** 20).toBeGreaterThan(1)
    expect((await warm.list()).find((each) => each.session === other.session)).toMatchObject({
      nodes: 2,
      complete: true,
    })
  } finally {
    await warm.remove(other.session)
    await warm.close()
  }
  expect((await runtime.list()).some((each) => each.session === other.session)).toBe(false)
})
