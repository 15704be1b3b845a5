/** Everything on the host that sessions have: for tests that nothing is left of one, and that nothing leaks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { callEngine } from '../../infra/engine/api.ts'
import type { Instance } from '../../infra/instance.ts'

interface Container {
  Id: string
  Names: string[]
  Labels: Record<string, string>
}

const json = async <T>(instance: Instance, url: string): Promise<T> =>
  JSON.parse((await callEngine(instance, 'GET', url)).body) as T

const containersOf = (instance: Instance) => json<Container[]>(instance, '/containers/json?all=1')
const networksOf = (instance: Instance) =>
  json<{ Name: string; Labels: Record<string, string> }[]>(instance, '/networks')
const nameOf = (container: Container) => container.Names[0]?.slice(1) ?? ''
const homeOf = (container: Container) => container.Labels['drydock.home'] ?? ''

/** Names of the containers of sessions on the lab engine, of one session or of all. What the pool holds is nobody's. */
export async function nodesOf(instance: Instance, session = ''): Promise<string[]> {
  return (await containersOf(instance))
    .map(nameOf)
    .filter((name) => name.startsWith(session) && !name.startsWith('pool'))
}

/** Whatever carries one of these words: containers, networks, disks, mounts, loop devices, control groups, processes. */
async function find(instance: Instance, words: readonly string[]): Promise<string[]> {
  const has = (text: string) => words.some((word) => text.includes(word))
  const [containers, networks] = await Promise.all([containersOf(instance), networksOf(instance)])
  return [
    ...containers.filter((each) => has(`${each.Id} ${nameOf(each)}`)).map((each) => `container ${nameOf(each)}`),
    ...networks.filter(({ Name }) => has(Name)).map(({ Name }) => `network ${Name}`),
    ...readdirSync(instance.disks)
      .filter(has)
      .map((name) => `disk ${name}`),
    ...readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter(has)
      .map((line) => `mount ${line}`),
    ...loopFiles()
      .filter(has)
      .map((file) => `loop device of ${file}`),
    ...cgroups(instance)
      .filter(has)
      .map((folder) => `control group ${folder}`),
    ...processes()
      .filter(({ groups }) => has(groups))
      .map(({ pid }) => `process ${pid}`),
  ]
}

/** Notes what a session has now; answers what of it is left later. Call while it runs. */
export async function traceSession(instance: Instance, session: string): Promise<() => Promise<string[]>> {
  const mine = (await containersOf(instance)).filter((each) => nameOf(each).startsWith(`${session}-`))
  if (mine.length === 0) throw new Error(`session ${session} has no containers`)
  const words = [...new Set([session, ...mine.map(homeOf), ...mine.map((each) => each.Id)])]
  return () => find(instance, words)
}

/** Containers of sessions, networks and disks that belong to no container, and what runs in a container that the engine does not know: all of it is too much when no session runs. */
export async function findLeaks(instance: Instance): Promise<string[]> {
  const [containers, networks] = await Promise.all([containersOf(instance), networksOf(instance)])
  const homes = new Set(containers.map(homeOf))
  const labelled = networks.filter(({ Labels }) => Labels['drydock.home'] !== undefined)
  const disks = readdirSync(instance.disks).filter((name) => !name.startsWith('template-'))
  return [
    ...containers.map(nameOf).filter((name) => !name.startsWith('pool')),
    ...labelled.filter(({ Name }) => !homes.has(Name)).map(({ Name }) => `network ${Name}`),
    ...disks.filter((name) => !homes.has(name.slice(0, name.lastIndexOf('-')))).map((name) => `disk ${name}`),
    ...processes()
      .filter(
        ({ groups }) => groups.includes(`/${instance.name}/`) && !containers.some(({ Id }) => groups.includes(Id)),
      )
      .map(({ pid }) => `process ${pid}`),
  ]
}

function loopFiles(): string[] {
  const block = '/sys/block'
  if (!existsSync(block)) return []
  return readdirSync(block).flatMap((name) => {
    try {
      return name.startsWith('loop') ? [readFileSync(path.join(block, name, 'loop/backing_file'), 'utf8').trim()] : []
    } catch {
      return []
    }
  })
}

function cgroups(instance: Instance): string[] {
  const top = '/sys/fs/cgroup'
  return ['.', ...readdirSync(top)]
    .map((name) => path.join(top, name, instance.name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
}

function processes(): { pid: string; groups: string }[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [{ pid, groups: readFileSync(`/proc/${pid}/cgroup`, 'utf8') }] : []
    } catch {
      return []
    }
  })
}
