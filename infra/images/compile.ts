/** Compiles an image's `src/*.c` into static programs, with the compiler of another image. */
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import { buildEnvironment, copyFiles, removeTree, type LayerBuild } from './layer-build.ts'
import { overlay, withMounts } from './mounts.ts'

const flags = ['-Wall', '-Wextra', '-Werror', '-Os', '-s', '-static']

/** Leaves the programs in `compiled`, from where they go to /usr/lib/drydock. */
export async function compileSources(build: LayerBuild): Promise<void> {
  const source = path.join(build.definition.folder, 'src')
  const compiled = path.join(build.folder, 'compiled')
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => path.join(build.folder, 'compiler', name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [compiled, upper, work, root]) mkdirSync(folder, { recursive: true })
  const options = { ...build.options, env: await buildEnvironment() }
  await withMounts(build.options, async (mounts) => {
    await mounts.add(overlay(build.compiler, upper, work), root)
    copyFiles(source, path.join(root, 'root'))
    mkdirSync(path.join(root, 'out'))
    for (const file of readdirSync(source).filter((name) => name.endsWith('.c'))) {
      build.begin(`compiling src/${file}`)
      const program = path.basename(file, '.c')
      await run('chroot', [root, 'gcc', ...flags, '-o', `/out/${program}`, `/root/${file}`, '-lutil'], options)
    }
  })
  copyFiles(path.join(upper, 'out'), compiled)
  await removeTree(path.join(build.folder, 'compiler'))
}
