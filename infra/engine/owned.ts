/** Everything on this host that belongs to one instance: lists it, stops it, removes it. Whatever does not carry the instance's name is never touched. */
import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs'
import path from 'node:path'
import { run, succeeds } from '../process.ts'
import type { Instance } from '../instance.ts'
import { callEngine } from './api.ts'
import { unloadApparmor } from './apparmor.ts'
import { listByProducts, removeByProducts } from './by-products.ts'
import { enginePid, stopEngine } from './lab-engine.ts'
import { removeSubordinateIds, subordinateStart } from './subordinate-ids.ts'
import { closeWayOut, wayOutPid } from './way-out.ts'

export interface Owned {
  /** For people: `container`, `mount`, `network namespace`, … */
  kind: string
  name: string
}

export async function listOwned(instance: Instance): Promise<Owned[]> {
  const owned: Owned[] = []
  const add = (kind: string, names: string[]) => owned.push(...names.map((name) => ({ kind, name })))
  const pid = enginePid(instance)
  if (pid) add('lab engine', [`dockerd, process ${pid}`])
  add(
    'lab node',
    (await containers(instance)).map((each) => each.name),
  )
  const out = wayOutPid(instance)
  if (out) add('way out', [`slirp4netns, process ${out}`])
  add('mount', mounts(instance))
  if (existsSync(`/run/netns/${instance.name}`)) add('network namespace', [instance.name])
  add('control group', cgroups(instance))
  const start = subordinateStart(instance)
  if (start !== null) add('subordinate ids', [`${instance.name}: 65536 from ${start}`])
  if (await succeeds('id', ['-u', instance.name])) add('system user', [instance.name])
  add("engine's by-product", listByProducts(instance))
  add(
    'folder',
    [instance.run, instance.state].filter((folder) => existsSync(folder)),
  )
  return owned
}

/** Ends nodes and engine. What they wrote stays: the next start goes on with it. */
export async function stopOwned(instance: Instance): Promise<void> {
  const running = (await containers(instance)).filter((each) => each.running)
  await Promise.all(running.map((each) => callEngine(instance, 'POST', `/containers/${each.id}/stop?t=2`)))
  await closeWayOut(instance)
  await stopEngine(instance)
  // Looked at anew each time: where mounts are shared, as systemd makes them, one may go together with another.
  for (let [at] = mounts(instance); at !== undefined; [at] = mounts(instance))
    await run('umount', [at]).catch(() => run('umount', ['-l', at]))
}

/** Removes all of it. Goes on where a part fails, and throws at the end with what is left. */
export async function removeOwned(instance: Instance, report: (text: string) => void): Promise<void> {
  const failed: string[] = []
  const step = async (text: string, action: () => unknown) => {
    report(text)
    try {
      await action()
    } catch (error) {
      failed.push(`${text}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await step('lab nodes', async () => {
    const all = await containers(instance)
    await Promise.all(all.map((each) => callEngine(instance, 'DELETE', `/containers/${each.id}?force=1&v=1`)))
  })
  await step('lab engine and mounts', () => stopOwned(instance))
  if (existsSync(`/run/netns/${instance.name}`))
    await step('network namespace', () => run('ip', ['netns', 'delete', instance.name]))
  await step('control groups', () => {
    for (const folder of cgroups(instance)) removeCgroup(folder)
  })
  await step('AppArmor profile', () => unloadApparmor(instance))
  await step('subordinate ids and user', () => removeSubordinateIds(instance))
  await step("the engine's by-products", () => removeByProducts(instance))
  for (const folder of [instance.run, instance.state])
    await step(folder, () => {
      if (mounts(instance).length > 0) throw new Error('something is still mounted below it')
      rmSync(folder, { recursive: true, force: true })
    })
  if (failed.length > 0) throw new Error(failed.join('\n'))
}

async function containers(instance: Instance): Promise<{ id: string; name: string; running: boolean }[]> {
  const answer = await callEngine(instance, 'GET', '/containers/json?all=1').catch(() => null)
  if (answer?.status !== 200) return []
  const all = JSON.parse(answer.body) as { Id: string; Names: string[]; State: string }[]
  return all.map((each) => ({
    id: each.Id,
    name: each.Names[0]?.slice(1) ?? each.Id,
    running: each.State === 'running',
  }))
}

/** Mount points below the instance's folders, the deepest first. */
function mounts(instance: Instance): string[] {
  const below = (at: string) =>
    [instance.run, instance.state].some((folder) => at === folder || at.startsWith(`${folder}/`))
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_all, octal: string) =>
        String.fromCharCode(parseInt(octal, 8)),
      ),
    )
    .filter(below)
    .reverse()
}

function cgroups(instance: Instance): string[] {
  const top = '/sys/fs/cgroup'
  if (!existsSync(top)) return []
  return [top, ...readdirSync(top).map((name) => path.join(top, name))]
    .map((at) => path.join(at, instance.name))
    .filter((at) => existsSync(at))
}

/** A control group is removed by rmdir, children first; its files are the kernel's. */
function removeCgroup(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeCgroup(path.join(folder, entry.name))
  rmdirSync(folder)
}
