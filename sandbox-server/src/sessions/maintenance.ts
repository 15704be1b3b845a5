/** Whether this server is being emptied for maintenance: a file in the state folder, so that a restart does not let people in again. */
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

export interface Maintenance {
  readonly begun: boolean
  set(begun: boolean): Promise<void>
}

export function openMaintenance(stateFolder: string): Maintenance {
  const file = path.join(stateFolder, 'maintenance')
  let begun = existsSync(file)
  return {
    get begun() {
      return begun
    },
    async set(now) {
      if (now) await writeFile(file, '')
      else await rm(file, { force: true })
      begun = now
    },
  }
}
