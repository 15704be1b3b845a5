/** Debian packages in a folder, as a source that apt can install from without a network. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StepError } from '../cli/step.ts'
import { run, type RunOptions } from '../process.ts'

const packagesFolder = (root: string) => path.join(root, 'offline/debian')

/** Codename of the running system, for example `bookworm`; empty on one that has none. */
const release = () => /^VERSION_CODENAME=(\S+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''

/**
 * Fetches packages with all that they depend on, as for a machine that has nothing installed, into `offline/debian` below `root`.
 * They fit machines of this host's own release.
 */
export async function collectPackages(root: string, names: readonly string[], options: RunOptions): Promise<void> {
  const folder = packagesFolder(root)
  mkdirSync(path.join(folder, 'partial'), { recursive: true })
  const nothingInstalled = path.join(folder, 'partial/status')
  writeFileSync(nothingInstalled, '')
  await run('apt-get', ['update', '-qq'], options)
  await run(
    'apt-get',
    [
      ...['install', '--yes', '--no-install-recommends', '--download-only'],
      ...['-o', `Dir::State::status=${nothingInstalled}`, '-o', `Dir::Cache::archives=${folder}`],
      ...['-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root'],
      ...names,
    ],
    options,
  )
  rmSync(path.join(folder, 'partial'), { recursive: true })
  const files = readdirSync(folder).filter((name) => name.endsWith('.deb'))
  const paragraphs = await Promise.all(files.map((file) => paragraph(path.join(folder, file), options)))
  writeFileSync(path.join(folder, 'Packages'), paragraphs.join('\n'))
  writeFileSync(path.join(folder, 'release'), release())
}

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
  if (wanted !== release())
    throw new StepError(
      `This bundle has packages for Debian's ${wanted}, and this machine runs ${release() || 'another system'}. ` +
        `Make a bundle on a machine like this one, or delete ${folder} to install from the network.`,
    )
  const list = path.join(folder, 'sources.list')
  const lists = path.join(folder, 'lists')
  mkdirSync(path.join(lists, 'partial'), { recursive: true })
  writeFileSync(list, `deb [trusted=yes] file:${folder.replaceAll(' ', '%20')} ./\n`)
  return [
    ...['-o', `Dir::Etc::SourceList=${list}`, '-o', 'Dir::Etc::SourceParts=/dev/null'],
    ...['-o', `Dir::State::Lists=${lists}`, '-o', 'APT::Sandbox::User=root'],
  ]
}
