/** A root file system of its own from Debian packages, with the documentation left out as Docker's slim images do. */
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import { cleanTree } from './clean-tree.ts'
import { buildEnvironment, removeTree, type LayerBuild } from './layer-build.ts'
import { linkPackages } from './package-lists.ts'

const leftOut = ['man', 'doc', 'locale', 'info', 'lintian'].map((folder) => `/usr/share/${folder}/*`)
const kept = ['/usr/share/doc/*/copyright', '/usr/share/locale/locale.alias']

export async function buildRootTree(build: LayerBuild): Promise<void> {
  const { definition, packages } = build
  const tree = path.join(build.folder, 'tree')
  const archives = path.join(build.folder, 'archives')
  const pins = path.join(build.folder, 'pins')
  linkPackages(packages.pool, archives)
  writeFileSync(pins, build.pins)
  const inTree = (folder: string) => `"$1"${folder}`
  build.begin(`installing ${['a Debian base', ...definition.packages].join(', ')}`)
  await run(
    'mmdebstrap',
    [
      ...['--quiet', '--mode=root', '--variant=minbase', `--include=${definition.packages.join(',')}`],
      ...leftOut.map((glob) => `--dpkgopt=path-exclude=${glob}`),
      // As Docker's own Debian images do: whoever builds on this one does not wait for the disk after every file.
      '--dpkgopt=force-unsafe-io',
      ...kept.map((glob) => `--dpkgopt=path-include=${glob}`),
      '--skip=update,download/empty,essential/unlink,cleanup/apt',
      `--setup-hook=mkdir -p ${inTree('/var/lib/apt/lists')} && cp -a ${quote(`${packages.lists}/.`)} ${inTree('/var/lib/apt/lists/')}`,
      `--setup-hook=mkdir -p ${inTree('/var/cache/apt/archives')} && cp -al ${quote(`${archives}/.`)} ${inTree('/var/cache/apt/archives/')}`,
      `--setup-hook=cp ${quote(pins)} ${inTree('/etc/apt/preferences')}`,
      ...[definition.release, tree, packages.sources],
    ],
    { ...build.options, env: await buildEnvironment() },
  )
  linkPackages(path.join(tree, 'var/cache/apt/archives'), packages.pool)
  rmSync(path.join(tree, 'etc/apt/preferences'))
  writeFileSync(path.join(tree, 'etc/resolv.conf'), '')
  writeFileSync(path.join(tree, 'etc/hostname'), 'localhost\n')
  await removeTree(archives)
  cleanTree(tree)
}

const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
