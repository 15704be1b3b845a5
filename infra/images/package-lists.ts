/** Debian's package lists and package files, fetched once a release and shared by all images that are built. */
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, copyFileSync } from 'node:fs'
import path from 'node:path'
import { run, type RunOptions } from '../process.ts'
import type { Release } from './definition.ts'

export interface PackageLists {
  /** The sources that the lists are of, as the images' /etc/apt/sources.list. */
  sources: string
  /** As /var/lib/apt/lists. */
  lists: string
  /** Every package file that was ever fetched and is still in use. */
  pool: string
}

export interface PackageStore {
  /** Fetches the lists of a release, once. */
  lists(release: Release, options: RunOptions): Promise<PackageLists>
}

/** `folder`: keeps lists and package files. `fresh: false` takes the lists that are there, whatever their age. */
export function createPackageStore(folder: string, { fresh }: { fresh: boolean }): PackageStore {
  const fetched = new Map<Release, Promise<PackageLists>>()
  const fetch = async (release: Release, options: RunOptions) => {
    const top = path.join(folder, release)
    const found = {
      sources: path.join(top, 'sources.list'),
      lists: path.join(top, 'lists'),
      pool: path.join(top, 'pool'),
    }
    mkdirSync(found.pool, { recursive: true })
    if (!fresh && existsSync(found.sources)) return found
    rmSync(found.sources, { force: true })
    await fetchLists(release, top, found, options)
    return found
  }
  return {
    lists(release, options) {
      const there = fetched.get(release)
      if (there) return there
      const fetching = fetch(release, options)
      fetched.set(release, fetching)
      return fetching
    },
  }
}

/** mmdebstrap without any package does just this: it knows a release's sources and keys, and reads the lists. */
async function fetchLists(release: Release, top: string, found: PackageLists, options: RunOptions): Promise<void> {
  const empty = path.join(top, 'empty')
  for (const folder of [empty, found.lists]) rmSync(folder, { recursive: true, force: true })
  const skipped = '--skip=chroot/mount,cleanup/apt,cleanup/mmdebstrap,cleanup/reproducible'
  await run('mmdebstrap', ['--quiet', '--mode=root', '--variant=custom', skipped, release, empty], options)
  renameSync(path.join(empty, 'var/lib/apt/lists'), found.lists)
  copyFileSync(path.join(empty, 'etc/apt/sources.list'), `${found.sources}.new`)
  rmSync(empty, { recursive: true })
  renameSync(`${found.sources}.new`, found.sources)
}

/** Links every package file of one folder into another, so that two builds at once never write the same file. */
export function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from))
    if (name.endsWith('.deb') && !existsSync(path.join(to, name))) linkSync(path.join(from, name), path.join(to, name))
}

/** The proxy for packages that apt on this host is set to, or the environment. */
export async function packageProxy(): Promise<NodeJS.ProcessEnv> {
  const text = await run('apt-config', ['dump', 'Acquire::http::Proxy']).catch(() => '')
  const proxy = /^Acquire::http::Proxy "(.+)";$/m.exec(text)?.[1] ?? process.env.http_proxy
  return proxy ? { http_proxy: proxy } : {}
}
