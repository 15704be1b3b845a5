/** Containers that their engine does not know to be running: one that is killed while it starts them has not noted yet that it did, and its containerd goes on running them for nobody. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'
import { run } from '../process.ts'
import { requireEngine } from './api.ts'

/** `engine`: pid of the engine, which is up. What it has started since it began is never an orphan. Answers the ids of those that it ended. */
export async function endOrphans(instance: Instance, engine: number): Promise<string[]> {
  const socket = path.join(instance.run, 'exec/containerd/containerd.sock')
  const ctr = (...args: string[]) => run('ctr', [`--address=${socket}`, '--namespace=moby', ...args])
  // Where the tool is missing they stay: no reason for an engine not to start.
  const tasks = parseTasks(await ctr('tasks', 'list').catch(() => ''))
  const listed = await requireEngine(instance, 'GET', '/containers/json')
  const known = new Set((JSON.parse(listed) as { Id: string }[]).map(({ Id }) => Id))
  const began = startOf(engine)
  const orphans = tasks.filter(({ id, pid }) => !known.has(id) && startOf(pid) < began)
  for (const { id } of orphans) {
    // One that ends by itself meanwhile is what was wanted.
    await ctr('tasks', 'delete', '--force', id).catch(() => undefined)
    await ctr('containers', 'delete', id).catch(() => undefined)
  }
  return orphans.map(({ id }) => id)
}

/** Of a table with a line of titles: id, pid and state of each. */
export function parseTasks(table: string): { id: string; pid: number }[] {
  const lines = table.trim().split('\n').slice(1)
  return lines.map((line) => {
    const [id = '', pid] = line.split(/\s+/)
    return { id, pid: Number(pid) }
  })
}

/** In clock ticks since the boot (proc_pid_stat(5)); 0 for a process that is gone, so that its task is an orphan if nobody knows it. */
function startOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  } catch {
    return 0
  }
}
