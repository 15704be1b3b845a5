/** Installs packages on top of the trees below, through an overlay, and keeps what changed. */
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import { cleanTree } from './clean-tree.ts'
import { buildEnvironment, copyFiles, removeTree, type LayerBuild } from './layer-build.ts'
import { overlay, withMounts } from './mounts.ts'
import { addNpmPackages } from './npm-packages.ts'
import { linkPackages } from './package-lists.ts'

export async function buildExtendedTree(build: LayerBuild): Promise<void> {
  const { definition, options, packages } = build
  const [upper, work, root, archives] = ['tree', 'work', 'root', 'archives'].map((name) =>
    path.join(build.folder, name),
  ) as [string, string, string, string]
  for (const folder of [upper, work, root]) mkdirSync(folder)
  linkPackages(packages.pool, archives)
  const env = await buildEnvironment()
  const inside = (argv: string[], input = '') => run('chroot', [root, ...argv], { ...options, env, input })
  const script = async (name: string) => {
    const file = path.join(definition.folder, name)
    if (!existsSync(file)) return
    build.begin(`running ${name}`)
    await inside(['sh', '-eu'], readFileSync(file, 'utf8'))
  }
  await withMounts(options, async (mounts) => {
    await mounts.add(overlay(build.below, upper, work), root)
    await mounts.add(['-t', 'proc', 'proc'], path.join(root, 'proc'))
    for (const folder of ['tmp', 'run']) await mounts.add(['-t', 'tmpfs', 'tmpfs'], path.join(root, folder))
    for (const device of ['null', 'zero', 'random', 'urandom']) {
      const at = path.join(root, 'dev', device)
      if (!existsSync(at)) writeFileSync(at, '')
      await mounts.add(['--bind', `/dev/${device}`], at)
    }
    await script('prepare.sh')
    if (definition.packages.length > 0)
      await withMounts(options, async (forApt) => {
        build.begin(`installing ${definition.packages.join(', ')}`)
        await forApt.add(['--bind', '/etc/resolv.conf'], path.join(root, 'etc/resolv.conf'))
        await forApt.add(['--bind', packages.lists], path.join(root, 'var/lib/apt/lists'))
        await forApt.add(['--bind', archives], path.join(root, 'var/cache/apt/archives'))
        // Packages that start services ask this program first.
        writeFileSync(path.join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
        writeFileSync(path.join(root, 'run/pins'), build.pins)
        const settings = ['Dir::Etc::Preferences=/run/pins', 'APT::Install-Recommends=false'].flatMap((o) => ['-o', o])
        await inside(['apt-get', 'install', '-qq', '-y', ...settings, ...definition.packages])
        rmSync(path.join(root, 'usr/sbin/policy-rc.d'))
      })
    linkPackages(archives, packages.pool)
    if (Object.keys(definition.npm).length > 0) {
      build.begin(`adding ${Object.keys(definition.npm).join(', ')}`)
      await addNpmPackages(definition.npm, packages.pool, root, options)
    }
    for (const [from, to] of [
      [path.join(definition.folder, 'files'), root],
      [path.join(build.folder, 'compiled'), path.join(root, 'usr/lib/drydock')],
    ] as const)
      if (existsSync(from)) copyFiles(from, to)
    await script('customize.sh')
    cleanTree(root)
  })
  await markDeletions(upper)
  for (const name of ['compiled', 'archives', 'work', 'root']) await removeTree(path.join(build.folder, name))
}

/** Overlay marks a deletion by a character device 0:0; an image layer by an empty file `.wh.<name>`. */
async function markDeletions(upper: string): Promise<void> {
  for (const file of (await run('find', [upper, '-type', 'c', '-print0'])).split('\0').filter(Boolean)) {
    if (lstatSync(file).rdev !== 0) continue
    rmSync(file)
    writeFileSync(path.join(path.dirname(file), `.wh.${path.basename(file)}`), '')
  }
}
