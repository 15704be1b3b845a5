/** What is done about a lab engine that ended while it started, by what it said: some of it heals at the next try. */
import { existsSync, readdirSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Instance } from '../instance.ts'

/** Starts after the first one. */
export const mostRepairs = 4

/**
 * `again`: dockerd gives its containerd fifteen seconds, which slow disks and emulated processors exceed until its programs are in memory.
 * `networks`: an engine that is ended while it makes or removes a network may leave half of it in its store, and Docker 20.10 then panics at each start.
 */
export function decideRepair(said: string): 'again' | 'networks' | null {
  if (/timeout waiting for containerd to start/.test(said)) return 'again'
  if (/^panic: /m.test(said) && said.includes('libnetwork.(*controller).reservePools')) return 'networks'
  return null
}

/** True when another start may go well. A store of networks is set aside: with it at worst the sessions on them are lost, but no disk and no image. */
export async function repairFailedStart(instance: Instance, said: string): Promise<boolean> {
  const repair = decideRepair(said)
  if (repair === 'networks')
    for (const folder of readdirSync(instance.engine.data)) {
      const file = path.join(instance.engine.data, folder, 'network/files/local-kv.db')
      if (existsSync(file)) await rename(file, `${file}.broken`)
    }
  return repair !== null
}
