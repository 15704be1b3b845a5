/** Turns Debian packages into image layers: a root file system, and on top of it what each further image adds. */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run, type RunOptions } from '../process.ts'
import { setTimes } from './clean-tree.ts'
import { compileSources } from './compile.ts'
import type { ImageDefinition } from './definition.ts'
import { buildExtendedTree } from './extended-tree.ts'
import { removeTree, type LayerBuild } from './layer-build.ts'
import { buildRootTree } from './root-tree.ts'

/** One built layer: its file tree (for building on top) and its archive with the digest that image configurations name. */
export interface Layer {
  tree: string
  archive: string
  /** `sha256:…` of the uncompressed archive. */
  digest: string
}

/** Changes of these make the layer anew: the definition, its files, and the layers that it is built on and with. */
export function layerKey(definition: ImageDefinition, ...others: readonly string[]): string {
  const { release, from, packages, npm, scratch } = definition
  const hash = createHash('sha256').update(`4 ${JSON.stringify([release, from, packages, npm, scratch, others])}\n`)
  const visit = (folder: string, name: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) visit(file, `${name}${entry.name}/`)
      else if (name + entry.name !== 'image.json')
        hash.update(`${name}${entry.name} ${lstatSync(file).mode & 0o100}\n`).update(readFileSync(file))
    }
  }
  visit(definition.folder, '')
  return hash.digest('hex').slice(0, 16)
}

/** Name of a layer's folder below `build/layers`. */
export const layerFolder = (id: string, key: string) => `${id}-${key}`

/** The layer in a folder, if it was finished. */
export function loadLayer(folder: string): Layer | null {
  const file = path.join(folder, 'digest')
  if (!existsSync(file)) return null
  const digest = readFileSync(file, 'utf8').trim()
  return { tree: path.join(folder, 'tree'), archive: path.join(folder, 'layer.tar'), digest }
}

/** Builds a layer in `folder`, or nothing at all. */
export async function buildLayer(folder: string, build: Omit<LayerBuild, 'folder'>): Promise<Layer> {
  const temporary = `${folder}.new`
  await removeTree(temporary)
  mkdirSync(temporary, { recursive: true })
  const since = new Date()
  try {
    const tree = path.join(temporary, 'tree')
    const inside: LayerBuild = { ...build, folder: temporary }
    if (build.below.length === 0) await buildRootTree(inside)
    else {
      if (build.compiler.length > 0) await compileSources(inside)
      await buildExtendedTree(inside)
    }
    build.begin('packing')
    if (build.definition.scratch) await keepScratch(temporary)
    await setTimes(tree, since)
    const archive = path.join(temporary, 'layer.tar')
    await pack(tree, archive, build.options)
    writeFileSync(path.join(temporary, 'digest'), `sha256:${await sha256(archive)}\n`)
    await removeTree(folder)
    renameSync(temporary, folder)
  } catch (error) {
    await removeTree(temporary)
    throw error
  }
  const layer = loadLayer(folder)
  if (!layer) throw new Error(`${folder} has no layer`)
  return layer
}

/** An image of its own that was arranged in `/scratch` with the tools of the one below. */
async function keepScratch(folder: string): Promise<void> {
  renameSync(path.join(folder, 'tree/scratch'), path.join(folder, 'scratch'))
  await removeTree(path.join(folder, 'tree'))
  renameSync(path.join(folder, 'scratch'), path.join(folder, 'tree'))
}

async function pack(tree: string, archive: string, options: RunOptions): Promise<void> {
  const flags = [
    '--sort=name',
    '--numeric-owner',
    '--format=posix',
    '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime,delete=mtime',
  ]
  await run('tar', [...flags, '--exclude=./dev/*', '--exclude=./.old', '-cf', archive, '-C', tree, '.'], options)
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}
