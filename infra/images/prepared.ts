/** What preparing images leaves for the server: one file that says which node image and which golden tree new nodes use. */
import { readFileSync, renameSync, writeFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'

export interface Prepared {
  /** Name of the node image on the lab engine. */
  node_image: string
  /** Name of the image, on the lab engine, of registry and package indexes. */
  mirror_image: string
  /** Version of what these serve: a folder below `instance.golden`. */
  mirror: string
  /** Version of the golden tree: a folder below `instance.golden`. */
  golden: string
  /** `name:tag` of every preloaded image. */
  images: string[]
  /** First host id of the nodes' user namespace. */
  uid: number
  /** Loaded AppArmor profile for nodes, null where the host has none. */
  apparmor: string | null
}

export const preparedFile = (instance: Instance) => path.join(instance.state, 'prepared.json')

export function loadPrepared(instance: Instance): Prepared | null {
  const file = preparedFile(instance)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Prepared) : null
}

export function savePrepared(instance: Instance, prepared: Prepared): void {
  const file = preparedFile(instance)
  writeFileSync(`${file}.new`, `${JSON.stringify(prepared, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
