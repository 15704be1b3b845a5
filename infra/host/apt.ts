/** Installs Debian packages: with progress, without recommendations, never removing anything, never starting a service. */
import { spawn } from 'node:child_process'
import { StepError, type StepContext } from '../cli/step.ts'
import { offlineSource } from '../bundle/debian-packages.ts'
import { run, RunError } from '../process.ts'
import { withoutNewCluster } from './no-cluster.ts'
import { thisHost, withQuietServices } from './quiet-services.ts'

const environment = () => ({
  ...process.env,
  DEBIAN_FRONTEND: 'noninteractive',
  DEBCONF_NONINTERACTIVE_SEEN: 'true',
  // Ubuntu's needrestart restarts the services of others unless told not to.
  NEEDRESTART_MODE: 'l',
  NEEDRESTART_SUSPEND: '1',
  LC_ALL: 'C.UTF-8',
})

const options = [
  '--yes',
  '--no-install-recommends',
  // Whatever would cost the user a package is not ours to decide.
  '--no-remove',
  ...['Dpkg::Options::=--force-confold', 'DPkg::Lock::Timeout=120', 'APT::Status-Fd=3', 'Acquire::Retries=2'].flatMap(
    (o) => ['-o', o],
  ),
]

export async function installDebianPackages(names: readonly string[], ctx: StepContext): Promise<void> {
  ctx.report('reading package lists')
  const source = offlineSource(ctx.instance.root) ?? []
  // Lists may be old or absent; when they cannot be renewed, what is there may still do.
  const updating = await run(
    'apt-get',
    ['update', ...source, '-o', 'Acquire::Retries=2', '-o', 'DPkg::Lock::Timeout=120'],
    {
      env: environment(),
      signal: ctx.signal,
      log: ctx.log,
    },
  ).catch((error: unknown) => {
    ctx.signal.throwIfAborted()
    return error instanceof RunError ? error.output : String(error)
  })
  const install = () => aptInstall([...source, ...names], ctx)
  await withQuietServices(thisHost(ctx.log), async () => {
    const failure = await (names.includes('postgresql') ? withoutNewCluster(install) : install())
    ctx.signal.throwIfAborted()
    if (failure !== null) throw new StepError(explainApt(`${updating}\n${failure}`, names))
  })
}

/** Resolves with null, or with what a failed apt-get said. `words`: options and names of packages. */
function aptInstall(words: readonly string[], ctx: StepContext): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // In a process group of its own: Ctrl-C reaches apt through us alone, which then ends between two packages, never inside one.
    const child = spawn('apt-get', ['install', ...options, ...words], {
      env: environment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-16_384)
        ctx.log(text)
      })
    const status = child.stdio[3]
    if (status && 'on' in status) status.on('data', (data: Buffer) => reportStatus(data.toString(), ctx))
    const stop = () => child.kill('SIGINT')
    ctx.signal.addEventListener('abort', stop, { once: true })
    child.on('error', reject)
    child.on('close', (code) => {
      ctx.signal.removeEventListener('abort', stop)
      resolve(code === 0 ? null : output)
    })
  })
}

/** Lines such as `dlstatus:3:42.5:Retrieving file 3 of 7` and `pmstatus:runc:61.5:Installing runc (amd64)`. */
function reportStatus(text: string, ctx: StepContext): void {
  const last = text.trim().split('\n').at(-1)?.split(':')
  const percent = Math.round(Number(last?.[2]))
  if (last && Number.isFinite(percent))
    ctx.report(`${last[0] === 'dlstatus' ? 'downloading' : 'installing'}, ${percent} %`)
}

/** What a person can do about a failed `apt-get install`, from its output. */
export function explainApt(output: string, names: readonly string[]): string {
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`
  if (/No space left on device|You don't have enough free space/i.test(output))
    return `The disk is full: Debian's packages (${names.join(', ')}) did not fit. Free some space in /var and run the command again.`
  if (/dpkg was interrupted/i.test(output))
    return 'An earlier installation on this machine was interrupted, and dpkg waits for it to be finished: run `sudo dpkg --configure -a`, then this command again.'
  if (/Could not get lock|is another process using it/i.test(output))
    return 'Another program is installing packages at the moment (apt or dpkg holds its lock, for more than two minutes). Let it finish, then run the command again.'
  if (
    /Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Connection timed out|Network is unreachable|Failed to fetch/i.test(
      output,
    )
  )
    return `Debian's package servers cannot be reached, and ${names.join(', ')} must be installed. Check the network (or apt's proxy) and run the command again; \`${command}\` shows what apt says.`
  if (/Unable to locate package|has no installation candidate/i.test(output))
    return `This machine's package sources do not have all of ${names.join(', ')}. Drydock is made for Debian 12 and 13; see /etc/apt/sources.list. \`${command}\` shows what apt says.`
  if (/Packages need to be removed but remove is disabled|conflicts/i.test(output))
    return `Installing ${names.join(', ')} would remove packages that are installed now, which Drydock never does. Look at it with \`${command}\` and decide.`
  return `apt-get could not install ${names.join(', ')}. Its last words:\n\n${output.trim().split('\n').slice(-5).join('\n')}`
}
