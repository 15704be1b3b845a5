/** In the machine: a node runs under our AppArmor profile, which keeps from it what it must; under Docker's own profile it cannot boot at all. */
import { readFileSync } from 'node:fs'
import { apparmorProfile } from '../../../infra/engine/apparmor.ts'
import { testInstance } from '../../harness/platform.ts'
import { openNodes } from '../../security/nodes.ts'
import type { Weakness } from '../../security/weaknesses.ts'
import { note, report } from './report.ts'

const underProfile = (without: string, profile: string): Weakness => ({
  without,
  change: (host) => ({
    ...host,
    SecurityOpt: [...(host.SecurityOpt ?? []).filter((each) => !each.startsWith('apparmor=')), `apparmor=${profile}`],
  }),
})

/** The profile of a process; `enforce` or `complain` follows in brackets. */
const profileOf = (pid: number) => readFileSync(`/proc/${pid}/attr/current`, 'utf8').replaceAll('\0', '').trim()
/** Anyone may list it, unless a profile says otherwise: nothing but AppArmor stands in the way. */
const listFirmware = ['sh', '-c', 'ls /sys/firmware/acpi'] as const

const instance = testInstance()
await report(async () => {
  const nodes = openNodes(instance, note)
  try {
    const ours = apparmorProfile(instance)
    if (ours === null) throw new Error('this host has no AppArmor')
    const node = await nodes.start()
    const found = profileOf(node.pid)
    if (found !== `${ours} (enforce)`)
      throw new Error(`the node runs under '${found}' and should under '${ours} (enforce)'`)
    const denied = await node.node.exec([...listFirmware])
    if (denied.code === 0) throw new Error(`under ${ours} /sys/firmware could be read: ${denied.stdout}`)
    const inner = await node.node.exec(['docker', 'run', '--rm', '--memory', '64m', 'busybox:1.37', 'echo', 'ran'], {
      timeout_ms: 30_000,
    })
    if (inner.stdout.trim() !== 'ran') throw new Error(`a container in the node did not run: ${inner.stderr}`)

    const free = await nodes.startWeak(underProfile('AppArmor', 'unconfined'))
    const allowed = await free.node.exec([...listFirmware])
    if (allowed.code !== 0)
      throw new Error(`without a profile /sys/firmware could not be read either: ${allowed.stderr}`)

    // The same node as the one before, but for this one setting.
    const refused = await nodes.startWeak(underProfile('our profile', 'docker-default')).then(
      () => null,
      (error: unknown) => String(error),
    )
    if (refused === null) throw new Error("a node booted under Docker's default profile; why do we bring our own?")
    if (!/mount: /.test(refused))
      throw new Error(`the node under docker-default did not boot, but not for a mount: ${refused}`)
    note(refused)
    return `node and containers run under ${ours} (enforce); docker-default refuses its first mount`
  } finally {
    await nodes.close()
  }
})
