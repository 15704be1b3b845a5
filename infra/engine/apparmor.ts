/** The nodes' AppArmor profile: what Docker's default denies stays denied, but a node may mount and change its root. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import type { Instance } from '../instance.ts'

const enabled = () => {
  try {
    return (
      readFileSync('/sys/module/apparmor/parameters/enabled', 'utf8').trim() === 'Y' &&
      existsSync('/sys/kernel/security/apparmor')
    )
  } catch {
    return false
  }
}

/** Name of the profile that nodes run under, or null on a host without AppArmor. */
export function apparmorProfile(instance: Instance): string | null {
  return enabled() ? `${instance.name}-node` : null
}

/** Loads the profile; it is gone after a reboot, so this runs before the first node of every start. */
export async function loadApparmor(instance: Instance): Promise<void> {
  const name = apparmorProfile(instance)
  if (!name) return
  const template = readFileSync(path.join(instance.root, 'infra/engine/apparmor.profile'), 'utf8')
  const file = path.join(instance.run, 'apparmor.profile')
  mkdirSync(instance.run, { recursive: true, mode: 0o711 })
  writeFileSync(file, template.replaceAll('@NAME@', name))
  await run('apparmor_parser', ['--replace', '--skip-cache', file])
}

/** Takes the profile out of the kernel again. */
export async function unloadApparmor(instance: Instance): Promise<void> {
  const file = path.join(instance.run, 'apparmor.profile')
  if (enabled() && existsSync(file)) await run('apparmor_parser', ['--remove', file]).catch(() => undefined)
}
