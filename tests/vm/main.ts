/** `npm run test:vm`: a typical host (Debian 13: control groups v2, systemd, AppArmor, IPVS) in an emulated machine, the platform installed on it from a bundle, and what it has to show there. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError, type CommandContext } from '../../infra/cli/command.ts'
import { takeLock } from '../../infra/cli/lock.ts'
import { packagesStep } from '../../infra/cli/packages-step.ts'
import { formatSeconds } from '../../infra/cli/progress.ts'
import { runSteps } from '../../infra/cli/run-steps.ts'
import { siteStep } from '../../infra/cli/site-step.ts'
import { StepError } from '../../infra/cli/step.ts'
import { makeBundle } from '../../infra/bundle/main.ts'
import { run } from '../../infra/process.ts'
import { cases, type Case } from './cases.ts'
import { copyDisk, createDisk, diskIn, diskKey, sshKey, type Disk } from './disk.ts'
import { installationKey, installBundle, renewSources } from './install.ts'
import { accelerator, bootMachine, type Machine } from './machine.ts'
import { measureFactors, type Factors } from './speed.ts'

/** Programs of this host, and the packages that bring them. */
const programs = {
  'qemu-system-x86_64': 'qemu-system-x86',
  ssh: 'openssh-client',
  mmdebstrap: 'mmdebstrap',
  'mkfs.ext4': 'e2fsprogs',
}
const memory_mb = 4608
/** Milliseconds after which a run that uses a prepared disk is ended. */
const whole_ms = 3_600_000

interface Outcome {
  name: string
  ok: boolean
  seconds: number
  said: string
}

export async function testVm(context: CommandContext): Promise<number> {
  const { instance, args, progress } = context
  if (process.arch !== 'x64')
    throw new StepError(
      'The typical host is an amd64 machine, and its bundle is made on one: run `npm run test:vm` on amd64.',
    )
  const chosen = chooseCases(args.filter((arg) => !arg.startsWith('--')))
  const release = takeLock(instance, 'test:vm')
  const folder = path.join(instance.state, 'vm')
  const logs = path.join(instance.logs, 'vm')
  for (const each of [folder, logs]) mkdirSync(each, { recursive: true })
  const since = Date.now()
  try {
    await requirePrograms(context)
    const key = await sshKey(folder, {})
    const disk = await prepareDisk(context, folder, key.text, args.includes('--fresh'))
    await runSteps([siteStep], context)
    const { outcomes, figures } = await proveAll(context, chosen, { disk, folder, logs, key: key.file })
    const failed = outcomes.filter((each) => !each.ok)
    const seconds = Math.round((Date.now() - since) / 1000)
    progress.say(
      `\n${outcomes.length - failed.length} of ${outcomes.length} passed in ${formatSeconds(Date.now() - since)}; logs in ${logs}`,
    )
    if (args.includes('--json'))
      process.stdout.write(`${JSON.stringify({ ...figures, cases: outcomes, seconds, ok: failed.length === 0 })}\n`)
    return failed.length === 0 ? 0 : 1
  } finally {
    release()
  }
}

/** Those named, and those without which none can be tried. */
function chooseCases(names: readonly string[]): readonly Case[] {
  const unknown = names.find((name) => !cases.some((each) => each.name === name))
  if (unknown !== undefined)
    throw new UsageError(`There is no case '${unknown}'. Cases: ${cases.map(({ name }) => name).join(', ')}.`)
  return cases.filter((each) => names.length === 0 || names.includes(each.name) || each.always)
}

async function requirePrograms(context: CommandContext): Promise<void> {
  try {
    await runSteps([packagesStep(programs, context)], context)
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    throw new StepError(
      `${error.message}\n\nWithout qemu there is no typical host to try: this command boots one. Nothing else needs it; ` +
        'on a machine that already is such a host, `npm test` proves the same and more.',
    )
  }
}

/** The disk with Debian and the platform on it: kept in the state folder, and made again when what it is made of has changed. */
async function prepareDisk(context: CommandContext, folder: string, publicKey: string, fresh: boolean): Promise<Disk> {
  const { instance, progress, signal, log } = context
  const options = { signal, log }
  const debian = path.join(folder, `debian-${diskKey()}`)
  const installed = path.join(folder, `installed-${await installationKey(instance.root)}`)
  const task = progress.begin('Debian 13')
  if (existsSync(diskIn(debian).image)) task.end('there', `a disk of ${space(diskIn(debian))}`)
  else {
    task.report('installing')
    await finish(
      task,
      () => createDisk(debian, publicKey, options),
      (disk) => `a disk of ${space(disk)}`,
    )
  }
  if (existsSync(installed) && !fresh) {
    progress.begin('Installation').end('there', `a disk of ${space(diskIn(installed))}`)
    return diskIn(installed)
  }
  const bundle = `${installed}.tar`
  // One that a stopped run has left will do.
  if (!existsSync(bundle)) await makeBundle(context, bundle, 'trixie')
  const making = `${installed}.new`
  // One is kept: each takes some gigabytes.
  await run('find', [folder, '-maxdepth', '1', '-type', 'd', '-name', 'installed-*', '-exec', 'rm', '-rf', '{}', '+'])
  const installing = progress.begin('Installation')
  await finish(
    installing,
    async () => {
      const install = (root: string) => installBundle(bundle, root, (text) => installing.report(text), options)
      await copyDisk(diskIn(debian), making, install, options)
      renameSync(making, installed)
      rmSync(bundle)
    },
    () => `from the bundle, without a network; a disk of ${space(diskIn(installed))}`,
  )
  return diskIn(installed)
}

/** Shows how a step ends, and passes on how it failed. */
async function finish<T>(
  task: ReturnType<CommandContext['progress']['begin']>,
  work: () => Promise<T>,
  tell: (made: T) => string,
) {
  try {
    const made = await work()
    task.end('done', tell(made))
    return made
  } catch (error) {
    task.end('failed', 'failed')
    throw error
  }
}

const space = ({ image }: Disk) => `${(statSync(image).blocks / 2 / 1024 ** 2).toFixed(1)} GB`

async function proveAll(
  context: CommandContext,
  chosen: readonly Case[],
  on: { disk: Disk; folder: string; logs: string; key: string },
): Promise<{ outcomes: Outcome[]; figures: Record<string, string | number> }> {
  const { instance, progress, signal } = context
  const deadline = Date.now() + whole_ms
  const booting = progress.begin('Machine')
  const { machine, factors } = await finish(
    booting,
    async () => {
      booting.report(`booting (${accelerator()})`)
      const machine = await bootMachine({ ...on, snapshot: true, memory_mb, signal })
      const factors = await measureFactors(machine)
      await renewSources(instance.root, on.folder, machine, 120_000 * factors.wall)
      return { machine, factors }
    },
    (made) => `up in ${formatSeconds(made.machine.boot_ms)}, ${made.factors.wall} times slower than this host`,
  )
  await using running: Machine = machine
  const outcomes: Outcome[] = []
  for (const each of chosen) outcomes.push(await prove(each, running, factors, deadline, context))
  const kernel = (await machine.run('uname -r; dockerd --version', { limit_ms: 60_000 })).stdout
    .trim()
    .replace('\n', ', ')
  await machine.run('journalctl -k --no-pager', { limit_ms: 300_000, log: context.log })
  return {
    outcomes,
    figures: {
      accelerator: accelerator(),
      factor: factors.wall,
      own_clock_factor: factors.own,
      boot_seconds: Math.round(machine.boot_ms / 1000),
      kernel,
    },
  }
}

async function prove(
  each: Case,
  machine: Machine,
  factors: Factors,
  deadline: number,
  { progress, log, signal }: CommandContext,
): Promise<Outcome> {
  signal.throwIfAborted()
  const task = progress.begin(each.name)
  const since = Date.now()
  log(`\n== ${each.name}\n`)
  const limit_ms = Math.max(1000, Math.min(each.seconds * 1000 * factors.wall, deadline - since))
  const end = (ok: boolean, said: string): Outcome => {
    task.end(ok ? 'done' : 'failed', ok ? said : '')
    if (!ok) progress.say(said.replace(/^/gm, '      '))
    return { name: each.name, ok, seconds: Math.round((Date.now() - since) / 1000), said }
  }
  try {
    return end(true, await each.prove({ machine, factor: factors.own, limit_ms, log }))
  } catch (error) {
    return end(false, error instanceof Error ? error.message : String(error))
  }
}
