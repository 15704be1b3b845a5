/**
 * The way out of the lab engine's network, for labs with `network: open` alone. It is a user-mode network (slirp4netns): a device in
 * the engine's namespace, and a process that makes ordinary connections from this machine for what comes out of it. So the host's
 * firewall, addresses and forwarding stay as they are. What it must not reach is refused in the engine's namespace, before it.
 */
import { spawn } from 'node:child_process'
import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { run, succeeds } from '../process.ts'
import type { Instance } from '../instance.ts'
import { forbiddenRanges } from './forbidden-ranges.ts'

/** Its network within the engine's namespace; the third address answers questions for names. */
const network = '10.202.0.0/24'
export const wayOutResolver = '10.202.0.3'
const device = 'out0'
const chain = 'DRYDOCK-OUT'
/** Bridges of sessions that may go out; `lab-+` are all. No other session's name goes on like this. */
export const openBridge = 'lab-x'

export interface WayOutOptions {
  /** Ranges that the operator forbids besides. */
  forbidden: readonly string[]
  /** For tests: another network namespace that takes the place of the host's. */
  outside?: string
  /** For tests: false takes its fences away. */
  fenced?: boolean
}

const pidFile = (instance: Instance) => path.join(instance.run, 'way-out.pid')
const netns = (instance: Instance) => `/run/netns/${instance.name}`
const enter = (namespace: string | undefined) => (namespace === undefined ? [] : ['nsenter', `--net=${namespace}`])

/** The process, checked against its command line, or null. */
export function wayOutPid(instance: Instance): number | null {
  try {
    const pid = Number(readFileSync(pidFile(instance), 'utf8'))
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words.includes(netns(instance)) && words.includes(device) ? pid : null
  } catch {
    return null
  }
}

/** Sets the fences anew, and makes the way out unless it is there. */
export async function openWayOut(instance: Instance, options: WayOutOptions): Promise<void> {
  await fence(instance, options)
  if (wayOutPid(instance)) return
  const log = openSync(path.join(instance.logs, 'way-out.log'), 'a')
  const [program = '', ...args] = [
    ...enter(options.outside),
    // Its sandbox takes mounts away, which a shared mount such as /run/netns would lose on the host as well: first a mount namespace of its own.
    ...['unshare', '--mount', '--propagation', 'private'],
    ...['slirp4netns', '--configure', '--mtu=1500', `--cidr=${network}`, '--enable-sandbox', '--enable-seccomp'],
    ...(options.fenced === false ? [] : ['--disable-host-loopback']),
    ...['--ready-fd=3', '--netns-type=path', netns(instance), device],
  ]
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log, 'pipe'], cwd: '/' })
  child.on('error', () => undefined)
  writeFileSync(pidFile(instance), String(child.pid ?? ''))
  const ready = child.stdio[3] as Readable
  const said = await new Promise<string>((resolve) => {
    ready.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    ready.once('close', () => resolve(''))
  })
  child.unref()
  if (said !== '1')
    throw new Error(`The way out for labs with an open network did not start: see ${instance.logs}/way-out.log.`)
}

export async function closeWayOut(instance: Instance): Promise<void> {
  const pid = wayOutPid(instance)
  if (pid) process.kill(pid, 'SIGTERM')
  // The process lets go of its device when it has no command line any more.
  const isThere = () => succeeds('ip', ['-n', instance.name, 'link', 'show', device])
  for (let tries = 0; pid && tries < 250 && (await isThere()); tries++) await delay(20)
  rmSync(pidFile(instance), { force: true })
}

/** What may not be reached is refused before Docker's own rules let it through. In one step: there is no moment without. */
async function fence(instance: Instance, { forbidden, outside, fenced = true }: WayOutOptions): Promise<void> {
  const inside = [`--net=${netns(instance)}`]
  const ranges = fenced ? await forbiddenRanges(forbidden, enter(outside)) : []
  const refuse = '-j REJECT --reject-with icmp-admin-prohibited'
  const rules = [
    ...(fenced ? [`! -i ${openBridge}+ -j DROP`] : []),
    ...['udp', 'tcp'].map((protocol) => `-d ${wayOutResolver} -p ${protocol} --dport 53 -j RETURN`),
    ...ranges.map((range) => `-d ${range} ${refuse}`),
    // Nobody's mail begins in a lab.
    `-p tcp --dport 25 ${refuse}`,
  ]
  const input = ['*filter', `:${chain} - [0:0]`, ...rules.map((rule) => `-A ${chain} ${rule}`), 'COMMIT', ''].join('\n')
  await run('nsenter', [...inside, 'iptables-restore', '-w', '--noflush'], { input })
  const jump = ['DOCKER-USER', '-o', device, '-j', chain]
  if (!(await succeeds('nsenter', [...inside, 'iptables', '-w', '-C', ...jump])))
    await run('nsenter', [...inside, 'iptables', '-w', '-I', ...jump])
}
