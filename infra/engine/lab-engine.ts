/** The lab engine: a `dockerd` of the platform's own, in a network namespace of its own, with every root mapped to an unprivileged user. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { run, succeeds } from '../process.ts'
import { StepError } from '../cli/step.ts'
import type { Instance } from '../instance.ts'
import { patient } from '../patience.ts'
import { noteByProducts } from './by-products.ts'
import { forgetContainerd } from './last-containerd.ts'
import { mostRepairs, repairFailedStart } from './failed-start.ts'
import { endOrphans } from './orphans.ts'
import { createSubordinateIds } from './subordinate-ids.ts'

const netns = (instance: Instance) => `/run/netns/${instance.name}`
const pidFile = (instance: Instance) => path.join(instance.run, 'dockerd.pid')
const configFile = (instance: Instance) => path.join(instance.run, 'daemon.json')
const onSystemd = () => existsSync('/run/systemd/system')

/** Answers the engine's version, or null when nothing answers on the socket within `timeout_ms`. */
export function engineVersion(instance: Instance, timeout_ms = 2000): Promise<string | null> {
  return new Promise((resolve) => {
    const request = http.get(
      { socketPath: instance.socket, path: '/version', timeout: patient(timeout_ms) },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        answer.on('end', () => {
          try {
            resolve(String((JSON.parse(body) as { Version: unknown }).Version))
          } catch {
            resolve(null)
          }
        })
      },
    )
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(null))
  })
}

/** The pid of this instance's dockerd, checked against its command line, or null. */
export function enginePid(instance: Instance): number | null {
  try {
    const pid = Number(readFileSync(pidFile(instance), 'utf8'))
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return words.includes(instance.engine.data) ? pid : null
  } catch {
    return null
  }
}

/** Starts the engine unless it runs, and waits until it answers. */
export async function startEngine(instance: Instance, signal?: AbortSignal): Promise<void> {
  if (await engineVersion(instance)) return nameNetns(instance)
  mkdirSync(instance.bound, { recursive: true, mode: 0o711 })
  if (!(await succeeds('mountpoint', ['-q', instance.bound])))
    await run('mount', ['--bind', instance.state, instance.bound])
  for (const folder of [instance.engine.data, instance.logs, instance.golden, instance.disks])
    mkdirSync(folder, { recursive: true, mode: 0o711 })
  await mountReadOnly(instance.golden, instance.shared)
  writeFileSync(configFile(instance), '{}\n')
  await createSubordinateIds(instance)
  await createNetns(instance)
  if (!enginePid(instance)) rmSync(pidFile(instance), { force: true })
  noteByProducts(instance)
  await untilAnswers(instance, signal)
  await guardHost(instance)
  const pid = enginePid(instance)
  if (pid) await endOrphans(instance, pid)
}

async function untilAnswers(instance: Instance, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + patient(120_000)
  await forgetContainerd(instance)
  let attempt = launch(instance)
  try {
    for (let left = mostRepairs; !(await engineVersion(instance));) {
      signal?.throwIfAborted()
      if (attempt.ended() && left-- > 0 && (await repairFailedStart(instance, attempt.said()))) {
        await forgetContainerd(instance)
        attempt = launch(instance)
      } else if (attempt.ended() || Date.now() > deadline)
        throw new StepError(
          `The lab engine did not start. The last lines of ${instance.engine.log} say why:\n${lastLines(instance.engine.log)}\n` +
            'Run `npm run doctor` to see what this host lacks.',
        )
      await delay(patient(50))
    }
  } finally {
    attempt.leave()
  }
}

/**
 * What an engine binds read-only into a node is made so inside the node's user namespace, where the node's root may undo it. A mount
 * that is read-only on the host is locked there (mount_namespaces(7)), and with it all that is bound from it.
 */
async function mountReadOnly(from: string, at: string): Promise<void> {
  mkdirSync(at, { recursive: true, mode: 0o711 })
  if (!(await succeeds('mountpoint', ['-q', at]))) await run('mount', ['--bind', from, at])
  await run('mount', ['-o', 'remount,bind,ro,nosuid,nodev', at])
}

/** One start of the engine. */
interface Attempt {
  ended(): boolean
  /** What it has logged. */
  said(): string
  /** It goes on by itself, and nobody waits for its end any more. */
  leave(): void
}

function launch(instance: Instance): Attempt {
  const argv = [
    `--net=${netns(instance)}`,
    'dockerd',
    `--userns-remap=${instance.name}`,
    `--data-root=${instance.engine.data}`,
    `--exec-root=${path.join(instance.run, 'exec')}`,
    `--pidfile=${pidFile(instance)}`,
    `--host=unix://${instance.socket}`,
    `--group=root`,
    // A file of the user's own engine must not reach ours.
    `--config-file=${configFile(instance)}`,
    '--storage-driver=overlay2',
    '--exec-opt=native.cgroupdriver=cgroupfs',
    `--cgroup-parent=/${instance.name}`,
    `--add-runtime=drydock=${path.join(instance.root, 'infra/engine/runc-without-keyring')}`,
    '--default-runtime=drydock',
    // Nodes outlive a crash or an upgrade of the engine.
    '--live-restore',
    '--bip=10.201.0.1/24',
    // Ours alone in this namespace; a small network for each of a thousand sessions.
    '--default-address-pool=base=10.210.0.0/16,size=26',
    '--log-level=warn',
  ]
  const unit = [
    ...['--quiet', '--collect', '--wait', `--unit=${instance.name}-engine`],
    ...['Delegate=yes', 'KillMode=process', 'TasksMax=infinity', 'LimitNOFILE=1048576'].map((p) => `--property=${p}`),
    `--property=StandardError=append:${instance.engine.log}`,
  ]
  const began = existsSync(instance.engine.log) ? statSync(instance.engine.log).size : 0
  const log = openSync(instance.engine.log, 'a')
  const [program, args] = onSystemd() ? ['systemd-run', [...unit, 'nsenter', ...argv]] : ['nsenter', argv]
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], cwd: '/' })
  child.unref()
  closeSync(log)
  let ended = false
  for (const end of ['exit', 'error']) child.on(end, () => (ended = true))
  return {
    ended: () => ended,
    said: () => readFileSync(instance.engine.log).subarray(began).toString('utf8'),
    // On systemd the child only waits for the end of the unit.
    leave: () => void (onSystemd() && child.kill()),
  }
}

/** The engine lives in its namespace also when somebody has taken the name away from it, and everybody else asks by the name. */
async function nameNetns(instance: Instance): Promise<void> {
  const pid = enginePid(instance)
  if (!pid || (await succeeds('nsenter', [`--net=${netns(instance)}`, 'true']))) return
  mkdirSync(path.dirname(netns(instance)), { recursive: true })
  closeSync(openSync(netns(instance), 'a'))
  await run('mount', ['--bind', `/proc/${pid}/ns/net`, netns(instance)])
}

async function createNetns(instance: Instance): Promise<void> {
  if (!(await succeeds('nsenter', [`--net=${netns(instance)}`, 'true']))) {
    await run('ip', ['netns', 'delete', instance.name]).catch(() => undefined)
    await run('ip', ['netns', 'add', instance.name])
  }
  await run('ip', ['-n', instance.name, 'link', 'set', 'lo', 'up'])
}

/** Nodes reach each other and nothing that listens in the engine's own namespace. */
async function guardHost(instance: Instance): Promise<void> {
  for (const tool of ['iptables', 'ip6tables']) {
    const rule = ['INPUT', '-i', 'lab-+', '-j', 'DROP']
    const inside = (...args: string[]) => [`--net=${netns(instance)}`, tool, '-w', ...args]
    if (!(await succeeds('nsenter', inside('-C', ...rule)))) await run('nsenter', inside('-I', ...rule))
  }
}

/** Stops the engine and waits for its end; what runs on it goes on (live-restore) unless it was removed before. */
export async function stopEngine(instance: Instance): Promise<void> {
  const pid = enginePid(instance)
  if (!pid) return
  process.kill(pid, 'SIGTERM')
  const deadline = Date.now() + 20_000
  // By its command line: one that ended stays a process without one where nobody collects orphans.
  while (enginePid(instance) === pid) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL')
    await delay(50)
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n')
  } catch {
    return '(no log)'
  }
}
