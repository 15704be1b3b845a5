/**
 * The containerd of an engine that was killed. It goes with its engine, but a dockerd takes whatever process has its number for it: one that
 * nobody has collected yet, or a stranger's. It waits fifteen seconds for that to answer, and then kills it.
 */
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Instance } from '../instance.ts'

/** Milliseconds within which it has gone after its engine. One that lives on is used by the next. */
const within = 2000

export const containerdPidFile = (instance: Instance): string =>
  path.join(instance.run, 'exec/containerd/containerd.pid')

/** For an engine that is about to start: no number is left of a containerd that is not there. */
export async function forgetContainerd(instance: Instance): Promise<void> {
  const file = containerdPidFile(instance)
  for (const until = Date.now() + within; runs(instance, file) && Date.now() < until;) await delay(20)
  if (!runs(instance, file)) rmSync(file, { force: true })
}

/** By its command line, which a process that has ended has no more. */
function runs(instance: Instance, file: string): boolean {
  try {
    return readFileSync(`/proc/${Number(readFileSync(file, 'utf8'))}/cmdline`, 'utf8').includes(`${instance.run}/`)
  } catch {
    return false
  }
}
