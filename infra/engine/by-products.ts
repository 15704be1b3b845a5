/** What dockerd makes at fixed paths of the host whatever its settings say: those that were not there before belong to the instance, and go with it. */
import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'

/** Each after what lies in it. Folders are removed only when they are empty. */
const fixed = [
  '/etc/docker/key.json',
  '/etc/docker',
  '/opt/containerd/bin',
  '/opt/containerd/lib',
  '/opt/containerd',
  '/run/docker/plugins',
  '/run/docker',
  '/run/containerd/s',
  '/run/containerd',
]

const record = (instance: Instance) => path.join(instance.state, 'by-products.json')

/** To be called before an engine of ours starts: notes what is not there yet. */
export function noteByProducts(instance: Instance, places: readonly string[] = fixed): void {
  const known = recorded(instance)
  const ours = places.filter((place) => known.includes(place) || !existsSync(place))
  writeFileSync(record(instance), JSON.stringify(ours))
}

/** Those that are still there; none while another engine runs on the host, which may use them. */
export function listByProducts(instance: Instance): string[] {
  return isOtherEngineRunning(instance) ? [] : recorded(instance).filter((place) => existsSync(place))
}

export function removeByProducts(instance: Instance): void {
  for (const place of listByProducts(instance))
    if (!statSync(place).isDirectory()) rmSync(place)
    else if (readdirSync(place).length === 0) rmdirSync(place)
}

function recorded(instance: Instance): string[] {
  const file = record(instance)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []
}

function isOtherEngineRunning(instance: Instance): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      if (!/^(dockerd|containerd)$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())) return false
      return !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(instance.run)
    } catch {
      return false
    }
  })
}
