/** `npm run bundle`: one file with which `npm start` works on a Debian machine without any network. */
import { existsSync, globSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { onLabEngine, packagesOfHosts } from '../cli/bring-up.ts'
import { UsageError, type CommandContext } from '../cli/command.ts'
import { takeLock } from '../cli/lock.ts'
import { runSteps } from '../cli/run-steps.ts'
import { siteStep } from '../cli/site-step.ts'
import { StepError, type Step } from '../cli/step.ts'
import { releases, type Release } from '../images/definition.ts'
import { createPackageStore } from '../images/package-lists.ts'
import { stateMarker } from '../instance.ts'
import { run } from '../process.ts'
import { collectPackages, hostRelease } from './debian-packages.ts'

/** In the archive, everything lies below it. */
const top = 'drydock'

export async function bundle(context: CommandContext): Promise<number> {
  const { instance, args, progress } = context
  const { values, positionals } = parseArguments(args)
  const [named] = positionals
  const file = path.resolve(process.env.INIT_CWD ?? '.', named ?? 'drydock.tar.gz')
  if (!existsSync(path.dirname(file)))
    throw new StepError(
      `The bundle cannot be written: there is no folder ${path.dirname(file)}. Make it, or name another.`,
    )
  const release = takeLock(instance, 'bundle')
  try {
    await makeBundle(context, file, values.release)
  } finally {
    release()
  }
  const machines = values.release ? `Debian's ${values.release}` : 'the same Debian release as this one'
  progress.say(
    `\n  ${file} is for machines with ${machines}, root or sudo, and no network:\n\n` +
      `    tar -xf ${path.basename(file)} && cd ${top} && npm start\n\n` +
      `  Without Node: node_modules/node-linux-${process.arch}/bin/node infra/drydock.mjs start\n`,
  )
  return 0
}

function parseArguments(args: string[]) {
  try {
    const parsed = parseArgs({ args, allowPositionals: true, options: { release: { type: 'string' } } })
    const { release } = parsed.values
    if (release !== undefined && !isRelease(release))
      throw new Error(`--release '${release}' must be one of ${releases.join(', ')}`)
    return { positionals: parsed.positionals, values: { release } }
  } catch (error) {
    throw new UsageError(`${(error as Error).message}. For example: npm run bundle -- --release ${releases.at(-1)}`)
  }
}

const isRelease = (name: string): name is Release => releases.some((release) => release === name)

/** `release`: of the machines that it is for; this host's own when it is not given. */
export const makeBundle = (context: CommandContext, file: string, release?: Release): Promise<void> =>
  onLabEngine(context, () => runSteps([siteStep, packStep(file, release)], context))

/** Everything that `npm start` would fetch or build: npm packages with their Node, Debian packages, layers of images, the site. */
const packStep = (file: string, release?: Release): Step => ({
  title: 'Bundle',
  done: () => Promise.resolve(null),
  async run({ instance: { root, state, build }, signal, report, log }) {
    const fresh = `${file}.new`
    const staging = path.join(state, 'bundle')
    const options = { signal, log }
    rmSync(staging, { recursive: true, force: true })
    mkdirSync(staging, { recursive: true })
    const timer = setInterval(() => existsSync(fresh) && report(`${megabytes(fresh)} MB written`), 500)
    try {
      report('Debian packages')
      const store = createPackageStore(path.join(build, 'packages'), { fresh: true })
      const other = release && release !== hostRelease() ? { ...(await store.lists(release, options)), release } : null
      await collectPackages(staging, packagesOfHosts, other, options)
      const sources = await run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
        signal,
      }).catch(() => {
        throw new StepError(`${root} is no clone of git's, so it cannot be told what belongs into a bundle.`)
      })
      const there = sources.split('\0').filter((name) => name && existsSync(path.join(root, name)))
      const installed = ['node_modules', ...globSync('{site,sandbox-server,labs/kit}/node_modules', { cwd: root })]
      const layers = globSync('build/layers/*/{layer.tar,digest}', { cwd: state })
      // The state folder goes to where a clone has it unless told otherwise.
      const transform = [`s,^(${stateMarker}|build/layers/),.drydock/\\1,x`, `s,^,${top}/,`]
      await run(
        'tar',
        [
          ...['--create', '--file', fresh, '--owner=0', '--group=0'],
          // One that stays on this machine need not be small.
          ...(file.endsWith('.tar') ? [] : ['--use-compress-program', 'gzip -1']),
          ...transform.map((each) => `--transform=flags=rh;${each}`),
          ...['node_modules/.cache', 'node_modules/.vite', 'node_modules/.astro'].map((each) => `--exclude=${each}`),
          ...['-C', root, ...installed, 'site/dist', '--null', '--no-recursion', '--verbatim-files-from', '-T', '-'],
          ...['--recursion', '-C', staging, 'offline', '-C', state, stateMarker, ...layers],
        ],
        { ...options, input: `${there.join('\0')}\0` },
      )
      renameSync(fresh, file)
      report(`${file}, ${megabytes(file)} MB`)
    } finally {
      clearInterval(timer)
      rmSync(fresh, { force: true })
      rmSync(staging, { recursive: true, force: true })
    }
  },
})

const megabytes = (file: string) => Math.round(statSync(file).size / 1e6)
