/** Keeps services of packages that we install from starting, now and at the next boot; services that were there before are not touched. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import { findProgram } from './programs.ts'

const marker = '# Made by Drydock for the time of one installation; remove it if it stayed behind.'
const policy = `#!/bin/sh\n${marker}\nexit 101\n`

/** Where things are; tests give a folder of their own. */
export interface ServiceHost {
  policyFile: string
  unitFolders: string[]
  initFolder: string
  onSystemd: boolean
  log: (text: string) => void
}

export const thisHost = (log: (text: string) => void): ServiceHost => ({
  policyFile: '/usr/sbin/policy-rc.d',
  unitFolders: ['/usr/lib/systemd/system', '/lib/systemd/system'],
  initFolder: '/etc/init.d',
  onSystemd: existsSync('/run/systemd/system'),
  log,
})

const list = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])
const units = (host: ServiceHost) =>
  new Set(host.unitFolders.flatMap(list).filter((name) => /^[^@]+\.(service|socket|timer|path)$/.test(name)))

/**
 * Runs `install` while Debian's policy-rc.d forbids services to start. A policy that was there before stays as it is and in
 * force. Units and init scripts that are new afterwards are disabled and, on systemd, stopped.
 */
export async function withQuietServices<T>(host: ServiceHost, install: () => Promise<T>): Promise<T> {
  const ours = !existsSync(host.policyFile) || readFileSync(host.policyFile, 'utf8').includes(marker)
  const unitsBefore = units(host)
  const scriptsBefore = new Set(list(host.initFolder))
  if (ours) writeFileSync(host.policyFile, policy, { mode: 0o755 })
  try {
    return await install()
  } finally {
    if (ours) rmSync(host.policyFile, { force: true })
    await disableNew(host, unitsBefore, scriptsBefore)
  }
}

async function disableNew(host: ServiceHost, unitsBefore: Set<string>, scriptsBefore: Set<string>): Promise<void> {
  const newUnits = [...units(host)].filter((unit) => !unitsBefore.has(unit))
  const attempt = (program: string, args: string[]) =>
    run(program, args, { log: host.log }).catch((error: unknown) => host.log(`${program}: ${String(error)}`))
  if (host.onSystemd && newUnits.length > 0) await attempt('systemctl', ['disable', '--now', ...newUnits])
  // Without a running systemd its links are files all the same, and would count at the next boot.
  else if (newUnits.length > 0 && findProgram('systemctl')) await attempt('systemctl', ['disable', ...newUnits])
  const scripts = list(host.initFolder).filter((name) => !scriptsBefore.has(name))
  if (!host.onSystemd && findProgram('update-rc.d'))
    for (const script of scripts) await attempt('update-rc.d', [path.basename(script), 'disable'])
}
