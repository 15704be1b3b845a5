/** Puts a program from the npm registry into an image: one version, with the bytes that its definition promises. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { run, type RunOptions } from '../process.ts'

/** `wanted`: integrity by `name@version`. `pool`: keeps the archives. Unpacks below `root`/usr/local/lib/node_modules. */
export async function addNpmPackages(
  wanted: Record<string, string>,
  pool: string,
  root: string,
  options: RunOptions,
): Promise<void> {
  for (const [what, integrity] of Object.entries(wanted)) {
    const name = what.slice(0, what.lastIndexOf('@'))
    const archive = path.join(pool, `${what.replace('/', '-')}.tgz`)
    if (!existsSync(archive)) await fetchArchive(what, pool, archive, options)
    const [algorithm = '', promised] = integrity.split(/-(.*)/s)
    const found = createHash(algorithm).update(readFileSync(archive)).digest('base64')
    if (found !== promised) {
      rmSync(archive)
      throw new Error(`The npm package ${what} has other bytes than image.json promises: ${algorithm}-${found}.`)
    }
    const folder = path.join(root, 'usr/local/lib/node_modules', name)
    mkdirSync(folder, { recursive: true })
    await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner'], options)
  }
}

async function fetchArchive(what: string, pool: string, archive: string, options: RunOptions): Promise<void> {
  const folder = `${archive}.new`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // The npm that runs us, where one does: with sudo there may be none on the PATH.
  const own = process.env.npm_execpath
  const [command, ...first] = own?.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm']
  const said = await run(command ?? 'npm', [...first, 'pack', '--silent', '--pack-destination', folder, what], {
    ...options,
    cwd: pool,
  })
  renameSync(path.join(folder, said.trim().split('\n').at(-1) ?? ''), archive)
  rmSync(folder, { recursive: true })
}
