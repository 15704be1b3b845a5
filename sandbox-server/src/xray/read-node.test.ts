/** Protects: a look at a node tells what is there in bounded, readable words, and a node that lies, floods or is silent is a state and not an error. */
import { expect, test } from 'vitest'
import { EngineDown, NotFound } from '@drydock/kit'
import { xrayMost, xrayNode } from '../contract/xray.ts'
import { matchSteps } from './read-images.ts'
import { readNode } from './read-node.ts'

const id = (digit: string) => digit.repeat(64)
const inspect = (name: string, more: object = {}) => ({
  Id: id('a'),
  Name: `/${name}`,
  Image: `sha256:${id('b')}`,
  RestartCount: 2,
  Path: 'nginx',
  Args: ['-g', 'daemon off;'],
  State: {
    ...{ Status: 'running', OOMKilled: false, ExitCode: 0, Pid: 71, Error: '', Health: { Status: 'healthy' } },
    ...{ StartedAt: '2026-11-25T10:00:00.5Z', FinishedAt: '0001-01-01T00:00:00Z' },
  },
  Config: { Image: 'nginx:1.26', Labels: { 'com.docker.compose.project': 'shop' } },
  HostConfig: { Memory: 67_108_864, NanoCpus: 500_000_000, CpuQuota: 0, CpuPeriod: 0, PidsLimit: null },
  NetworkSettings: {
    Ports: {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8080' },
        { HostIp: '::', HostPort: '8080' },
      ],
      '443/tcp': null,
    },
    Networks: { front: { IPAddress: '172.18.0.2', Aliases: ['web'], DNSNames: ['web', 'aaaaaaaaaaaa'] } },
  },
  Mounts: [
    { Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: false },
  ],
  ...more,
})
const image = {
  Id: `sha256:${id('b')}`,
  RepoTags: ['nginx:1.26', 'drydock-check-1:x'],
  Created: 1_790_000_000,
  Size: 70_000,
}
const honest: Record<string, unknown> = {
  '/info': { ServerVersion: '26.1.5', Swarm: { LocalNodeState: 'inactive' } },
  [`/containers/json?all=1&limit=${xrayMost.containers + 1}`]: [
    { Id: id('a'), Names: ['/web'] },
    { Id: id('c'), Names: ['/gone'] },
    { Id: id('d'), Names: ['/drydock-check-1-probe'] },
  ],
  [`/containers/${id('a')}/json`]: inspect('web'),
  [`/containers/${id('d')}/json`]: inspect('drydock-check-1-probe'),
  '/networks': [
    { Id: id('e'), Name: 'front', Driver: 'bridge', Scope: 'local', IPAM: { Config: [{ Subnet: '172.18.0.0/16' }] } },
  ],
  '/volumes': {
    Volumes: [{ Name: 'data', Driver: 'local', CreatedAt: '2026-11-25T10:00:00Z', Labels: null }],
    Warnings: null,
  },
  '/images/json': [image],
  [`/images/${image.Id}/json`]: { RootFS: { Layers: [`sha256:${id('1')}`, `sha256:${id('2')}`] } },
  [`/images/${image.Id}/history`]: [
    { CreatedBy: 'CMD ["nginx"]', Size: 0 },
    { CreatedBy: 'RUN /bin/sh -c apt-get install nginx # buildkit', Size: 20_000 },
    { CreatedBy: '/bin/sh -c #(nop) ADD file:1 in / ', Size: 50_000 },
  ],
}
const look = (answers: Record<string, unknown>, ignore = 'drydock-check-') => {
  const asked: string[] = []
  const request = async (_method: string, path: string) => {
    asked.push(path)
    const answer = answers[path]
    if (answer instanceof Error) throw answer
    if (answer === undefined) throw new NotFound(path)
    return answer
  }
  const known = new Map()
  const name = (text: string) => text.startsWith(ignore)
  return { asked, known, view: () => readNode({ name: 'node1', request }, known, name) }
}

test('tells containers, images with their layers, networks and volumes; what checks of ours make is left out', async () => {
  const { view, asked } = look(honest)
  const node = xrayNode.parse(await view())
  expect(node).toMatchObject({ engine: 'up', version: '26.1.5', swarm: null, left_out: [] })
  expect(node.containers).toMatchObject([
    {
      ...{ id: 'aaaaaaaaaaaa', name: 'web', image: 'nginx:1.26', image_id: 'bbbbbbbbbbbb', state: 'running' },
      ...{ health: 'healthy', pid: 71, restarts: 2, ended_at: null, project: 'shop', service: null },
      limits: { memory: 67_108_864, cpus: 0.5, pids: null },
      ports: [{ inside: '80/tcp', outside: 8080 }],
      networks: [{ name: 'front', address: '172.18.0.2', names: ['web', 'aaaaaaaaaaaa'] }],
      mounts: [{ kind: 'volume', source: 'data', target: '/data', writable: false }],
    },
  ])
  expect(node.images).toMatchObject([
    {
      names: ['nginx:1.26'],
      layers: [
        { id: '111111111111', size: 50_000, made_by: 'ADD file:1 in /' },
        { id: '222222222222', size: 20_000, made_by: 'RUN apt-get install nginx' },
      ],
    },
  ])
  expect(node.networks).toMatchObject([{ name: 'front', subnet: '172.18.0.0/16' }])
  expect(node.volumes).toMatchObject([{ name: 'data', anonymous: false }])
  // Layers never change: they are asked for once.
  const before = asked.length
  await view()
  expect(asked.slice(before).some((path) => path.includes('/history'))).toBe(false)
})

test('names are text of a bounded length, and lists have an end', async () => {
  const nasty = `/\u001b]0;mine\u0007\u202e<img src=x>${'x'.repeat(500)}`
  const many = Array.from({ length: 500 }, (_, i) => ({ Id: i.toString(16).padStart(64, '0'), Names: [nasty] }))
  const answers: Record<string, unknown> = {
    ...honest,
    [`/containers/json?all=1&limit=${xrayMost.containers + 1}`]: many,
    '/volumes': { Volumes: Array.from({ length: 9000 }, (_, i) => ({ Name: `v${i}`, Driver: 'local' })) },
    '/networks': [null, 7, 'x', { Id: 'y' }, ...(honest['/networks'] as unknown[])],
  }
  const Args = Array.from({ length: 5000 }, () => 'y'.repeat(1000))
  for (const { Id } of many)
    answers[`/containers/${Id}/json`] = inspect('x', {
      Id,
      Name: nasty,
      Args,
      Config: { Image: nasty, Labels: { 'com.docker.compose.project': nasty } },
    })
  const node = xrayNode.parse(await look(answers).view())
  expect(node.containers).toHaveLength(xrayMost.containers)
  expect(node.containers[0]?.name).toMatch(/^�\]0;mine��<img src=x>x{50,}$/)
  expect(node.volumes).toHaveLength(xrayMost.volumes)
  expect(node.networks).toHaveLength(1)
  expect(node.left_out).toEqual(['containers', 'volumes'])
  expect(JSON.stringify(node).length).toBeLessThan(200_000)
})

test('a silent engine is down, one that answers nonsense is strange, and what was understood is told', async () => {
  expect(await look({ '/info': new EngineDown('no answer in time') }).view()).toMatchObject({ engine: 'down' })
  for (const nonsense of [null, 'hello', [], { Volumes: 'x' }, 7]) {
    const all = Object.fromEntries(Object.keys(honest).map((path) => [path, nonsense]))
    expect((await look(all).view()).engine).not.toBe('up')
  }
  const broken = { ...honest, '/volumes': new EngineDown('the answer of the node is too large') }
  expect(await look(broken).view()).toMatchObject({ engine: 'strange', containers: [{ name: 'web' }], images: [] })
})

test('an engine that is stopped in the middle of a look is down', async () => {
  const answers: Record<string, unknown> = { ...honest }
  Object.defineProperty(answers, '/volumes', {
    enumerable: true,
    get: () => (answers['/info'] = new EngineDown('it was stopped')),
  })
  expect(await look(answers).view()).toMatchObject({ engine: 'down' })
})

test('on a manager: machines, services, and the newest tasks with where they run', async () => {
  const task = (name: string, at: string, more: object = {}) => ({
    ID: name,
    CreatedAt: at,
    ServiceID: 's1',
    NodeID: 'n1',
    Slot: 1,
    Spec: { ContainerSpec: { Image: `nginx:1.26@sha256:${id('f')}` } },
    DesiredState: 'running',
    Status: { State: 'running', Timestamp: at, ContainerStatus: { ContainerID: id('a') } },
    ...more,
  })
  const { swarm } = await look({
    ...honest,
    '/info': { ServerVersion: '26.1.5', Swarm: { LocalNodeState: 'active', ControlAvailable: true } },
    '/nodes': [
      {
        ...{ ID: 'n1', Spec: { Role: 'manager', Availability: 'active' }, Description: { Hostname: 'node1' } },
        ...{ Status: { State: 'ready' }, ManagerStatus: { Leader: true } },
      },
    ],
    '/services': [
      {
        ID: 's1',
        Spec: {
          ...{ Name: 'web', Mode: { Replicated: { Replicas: 3 } }, EndpointSpec: { Mode: 'dnsrr' } },
          TaskTemplate: { ContainerSpec: { Image: 'nginx:1.26' } },
        },
        UpdateStatus: { State: 'updating', Message: 'update in progress' },
      },
    ],
    '/tasks': [
      task('old', '2026-11-25T10:00:00Z', { DesiredState: 'shutdown', Status: { State: 'shutdown' } }),
      task('new', '2026-11-25T10:05:00Z'),
      { ID: 'broken' },
    ],
  }).view()
  expect(swarm).toMatchObject({
    role: 'manager',
    members: [{ id: 'n1', name: 'node1', leader: true, state: 'ready' }],
    services: [{ name: 'web', wanted: 3, endpoint: 'dnsrr', update: { state: 'updating' } }],
    tasks: [
      { id: 'new', image: 'nginx:1.26', container: 'aaaaaaaaaaaa' },
      { id: 'old', wanted: 'shutdown' },
    ],
  })
})

test('steps of the history find their layers also when some of them added nothing', () => {
  const step = (CreatedBy: string, Size: number) => ({ CreatedBy, Size })
  const steps = [step('ADD x /', 5), step('ENV A=1', 0), step('WORKDIR /app', 0), step('COPY . .', 3)]
  expect(matchSteps(steps, 3)?.map(({ CreatedBy }) => CreatedBy)).toEqual(['ADD x /', 'WORKDIR /app', 'COPY . .'])
  expect(matchSteps(steps, 2)?.map(({ CreatedBy }) => CreatedBy)).toEqual(['ADD x /', 'COPY . .'])
  expect(matchSteps(steps, 4)).toBeNull()
})
