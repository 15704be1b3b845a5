/** Debian packages in a folder, as a source that apt can install from without a network. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StepError } from '../cli/step.ts'
import type { PackageLists } from '../images/package-lists.ts'
import { run, type RunOptions } from '../process.ts'

const packagesFolder = (root: string) => path.join(root, 'offline/debian')

/** Codename of the running system, for example `bookworm`; empty on one that has none. */
export const hostRelease = (): string =>
  /^VERSION_CODENAME=(\S+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''

/**
 * Fetches packages with all that they depend on, as for a machine that has nothing installed, into `offline/debian` below `root`.
 * They fit machines of this host's own release, or of that whose `lists` are given.
 */
export async function collectPackages(
  root: string,
  names: readonly string[],
  lists: (PackageLists & { release: string }) | null,
  options: RunOptions,
): Promise<void> {
  const folder = packagesFolder(root)
  mkdirSync(path.join(folder, 'partial'), { recursive: true })
  const nothingInstalled = path.join(folder, 'partial/status')
  writeFileSync(nothingInstalled, '')
  if (!lists) await run('apt-get', ['update', '-qq'], options)
  await run(
    'apt-get',
    [
      ...['install', '--yes', '--no-install-recommends', '--download-only'],
      ...['-o', `Dir::State::status=${nothingInstalled}`, '-o', `Dir::Cache::archives=${folder}`],
      ...['-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root'],
      ...(lists ? sourcesOf(lists.sources, lists.lists) : []),
      ...names,
    ],
    options,
  )
  rmSync(path.join(folder, 'partial'), { recursive: true })
  const files = readdirSync(folder).filter((name) => name.endsWith('.deb'))
  const paragraphs = await Promise.all(files.map((file) => paragraph(path.join(folder, file), options)))
  writeFileSync(path.join(folder, 'Packages'), paragraphs.join('\n'))
  writeFileSync(path.join(folder, 'release'), lists?.release ?? hostRelease())
}

/** Options that make apt see one file of sources with its lists, and leave what it keeps of the host's own alone. */
const sourcesOf = (file: string, lists: string): string[] => [
  ...['-o', `Dir::Etc::SourceList=${file}`, '-o', 'Dir::Etc::SourceParts=/dev/null'],
  ...['-o', `Dir::State::Lists=${lists}`, '-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache='],
]

/** Of an index, as `dpkg-scanpackages` writes them: https://wiki.debian.org/DebianRepository/Format#A.22Packages.22_Indices */
async function paragraph(file: string, options: RunOptions): Promise<string> {
  const fields = await run('dpkg-deb', ['--field', file], options.signal ? { signal: options.signal } : {})
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
  return `${fields.trim()}\nFilename: ./${path.basename(file)}\nSize: ${statSync(file).size}\nSHA256: ${digest}\n`
}

/** Options that make apt use the packages of this clone and no other source, or null when it came without any. */
export function offlineSource(root: string): string[] | null {
  const folder = packagesFolder(root)
  if (!existsSync(path.join(folder, 'Packages'))) return null
  const wanted = readFileSync(path.join(folder, 'release'), 'utf8')
  if (wanted !== hostRelease())
    throw new StepError(
      `This bundle has packages for Debian's ${wanted}, and this machine runs ${hostRelease() || 'another system'}. ` +
        `Make one with \`npm run bundle -- --release ${hostRelease() || '<its release>'}\`, or delete ${folder} to install from the network.`,
    )
  const list = path.join(folder, 'sources.list')
  const lists = path.join(folder, 'lists')
  mkdirSync(path.join(lists, 'partial'), { recursive: true })
  writeFileSync(list, `deb [trusted=yes] file:${folder.replaceAll(' ', '%20')} ./\n`)
  return [...sourcesOf(list, lists), '-o', 'APT::Sandbox::User=root']
}
