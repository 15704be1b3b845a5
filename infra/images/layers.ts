/** Turns Debian packages into image layers: a base root file system, and on top of it what each further image adds. */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { run, type RunOptions } from '../process.ts'
import { suite, type ImageDefinition } from './definition.ts'

/** One built layer: its file tree (for building on top) and its archive with the digest that image configurations name. */
export interface Layer {
  tree: string
  archive: string
  /** `sha256:…` of the uncompressed archive. */
  digest: string
}

/** Changes of these make the layer anew: the definition, its files, and the layer below. */
export function layerKey(definition: ImageDefinition, below: string): string {
  const hash = createHash('sha256').update(
    `3 ${suite} ${below} ${JSON.stringify([definition.from, definition.packages])}\n`,
  )
  const visit = (folder: string, name: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) visit(file, `${name}${entry.name}/`)
      else if (name + entry.name !== 'image.json')
        hash.update(`${name}${entry.name} ${lstatSync(file).mode}\n`).update(readFileSync(file))
    }
  }
  visit(definition.folder, '')
  return hash.digest('hex').slice(0, 16)
}

/** Name of a layer's folder below `build/layers`. */
export const layerFolder = (id: string, key: string) => `${id}-${key}`

/** Builds the layer of an image, or answers the one that is there. `belowTrees`: nearest first. */
export async function buildLayer(
  definition: ImageDefinition,
  key: string,
  belowTrees: readonly string[],
  buildFolder: string,
  options: RunOptions,
): Promise<Layer> {
  const folder = path.join(buildFolder, 'layers', layerFolder(definition.id, key))
  const layer = (digest: string): Layer => ({
    tree: path.join(folder, 'tree'),
    archive: path.join(folder, 'layer.tar'),
    digest,
  })
  const digestFile = path.join(folder, 'digest')
  if (existsSync(digestFile)) return layer(readFileSync(digestFile, 'utf8').trim())

  const temporary = `${folder}.new`
  await removeTree(temporary)
  mkdirSync(path.join(temporary, 'tree'), { recursive: true })
  try {
    if (belowTrees.length === 0) await bootstrap(definition, path.join(temporary, 'tree'), options)
    else {
      if (existsSync(path.join(definition.folder, 'src'))) await compile(definition, belowTrees, temporary, options)
      await extend(definition, belowTrees, temporary, options)
    }
    if (definition.scratch) await keepScratch(temporary)
    const archive = path.join(temporary, 'layer.tar')
    await pack(path.join(temporary, 'tree'), archive, options)
    writeFileSync(path.join(temporary, 'digest'), `sha256:${await sha256(archive)}\n`)
    await removeTree(folder)
    renameSync(temporary, folder)
  } catch (error) {
    await removeTree(temporary)
    throw error
  }
  return layer(readFileSync(digestFile, 'utf8').trim())
}

/** A root file system of its own, with the documentation left out as Docker's slim images do. */
async function bootstrap(definition: ImageDefinition, tree: string, options: RunOptions): Promise<void> {
  const slim = [
    '/usr/share/man/*',
    '/usr/share/doc/*',
    '/usr/share/locale/*',
    '/usr/share/info/*',
    '/usr/share/lintian/*',
  ]
  await run(
    'mmdebstrap',
    [
      '--quiet',
      '--variant=minbase',
      `--include=${definition.packages.join(',')}`,
      ...slim.map((glob) => `--dpkgopt=path-exclude=${glob}`),
      '--dpkgopt=path-include=/usr/share/doc/*/copyright',
      '--dpkgopt=path-include=/usr/share/locale/locale.alias',
      suite,
      tree,
    ],
    options,
  )
  writeFileSync(path.join(tree, 'etc/resolv.conf'), '')
  writeFileSync(path.join(tree, 'etc/hostname'), 'localhost\n')
  await clean(tree)
}

/** Installs on top of the trees below, through an overlay, and keeps what changed. */
async function extend(
  definition: ImageDefinition,
  belowTrees: readonly string[],
  folder: string,
  options: RunOptions,
): Promise<void> {
  const [upper, work, root] = ['tree', 'work', 'root'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const each of [work, root]) mkdirSync(each)
  const undo: string[] = []
  try {
    await run(
      'mount',
      ['-t', 'overlay', 'overlay', '-o', `lowerdir=${belowTrees.join(':')},upperdir=${upper},workdir=${work}`, root],
      options,
    )
    undo.push(root)
    for (const [type, at] of [
      ['proc', 'proc'],
      ['tmpfs', 'tmp'],
      ['tmpfs', 'run'],
    ] as const) {
      await run('mount', ['-t', type, type, path.join(root, at)], options)
      undo.push(path.join(root, at))
    }
    for (const device of ['null', 'zero', 'random', 'urandom', 'full', 'tty']) {
      const at = path.join(root, 'dev', device)
      if (existsSync(at)) continue
      writeFileSync(at, '')
    }
    for (const device of ['null', 'zero', 'random', 'urandom']) {
      await run('mount', ['--bind', `/dev/${device}`, path.join(root, 'dev', device)], options)
      undo.push(path.join(root, 'dev', device))
    }
    const resolver = path.join(root, 'etc/resolv.conf')
    await run('mount', ['--bind', '/etc/resolv.conf', resolver], options)
    undo.push(resolver)
    writeFileSync(path.join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8', ...(await aptProxy()) }
    const inside = (...argv: string[]) => run('chroot', [root, ...argv], { ...options, env })
    await inside('apt-get', 'update', '-qq')
    await inside('apt-get', 'install', '-qq', '-y', '--no-install-recommends', ...definition.packages)
    rmSync(path.join(root, 'usr/sbin/policy-rc.d'))
    await run('umount', [undo.pop() ?? resolver])
    const files = path.join(definition.folder, 'files')
    if (existsSync(files)) cpSync(files, root, { recursive: true })
    const compiled = path.join(folder, 'compiled')
    if (existsSync(compiled)) cpSync(compiled, path.join(root, 'usr/lib/drydock'), { recursive: true })
    const script = path.join(definition.folder, 'customize.sh')
    if (existsSync(script))
      await run('chroot', [root, 'sh', '-eu'], { ...options, env, input: readFileSync(script, 'utf8') })
    await clean(root)
  } finally {
    for (const mount of undo.reverse()) await run('umount', [mount]).catch(() => run('umount', ['-l', mount]))
  }
  await whiteouts(upper, options)
  await removeTree(path.join(folder, 'compiled'))
  for (const each of [work, root]) await removeTree(each)
}

/** An image of its own that was arranged in `/scratch` with the tools of the one below. */
async function keepScratch(folder: string): Promise<void> {
  renameSync(path.join(folder, 'tree/scratch'), path.join(folder, 'scratch'))
  await removeTree(path.join(folder, 'tree'))
  renameSync(path.join(folder, 'scratch'), path.join(folder, 'tree'))
}

/** Compiles `src/*.c` with the release's own compiler in a throw-away copy of the root file system. */
async function compile(
  definition: ImageDefinition,
  belowTrees: readonly string[],
  folder: string,
  options: RunOptions,
): Promise<void> {
  const list = readdirSync(path.join(definition.folder, 'src')).filter((file) => file.endsWith('.c'))
  const compiler: ImageDefinition = {
    ...definition,
    id: 'compiler',
    folder: path.join(definition.folder, 'none'),
    packages: ['gcc', 'libc6-dev'],
  }
  const scratch = path.join(folder, 'compiler')
  mkdirSync(path.join(scratch, 'tree'), { recursive: true })
  await extend(compiler, belowTrees, scratch, options)
  mkdirSync(path.join(scratch, 'root'))
  mkdirSync(path.join(scratch, 'top'))
  mkdirSync(path.join(scratch, 'work'))
  mkdirSync(path.join(folder, 'compiled'))
  const merged = path.join(scratch, 'root')
  const lower = [path.join(scratch, 'tree'), ...belowTrees].join(':')
  await run(
    'mount',
    [
      '-t',
      'overlay',
      'overlay',
      '-o',
      `lowerdir=${lower},upperdir=${path.join(scratch, 'top')},workdir=${path.join(scratch, 'work')}`,
      merged,
    ],
    options,
  )
  try {
    for (const file of list) {
      cpSync(path.join(definition.folder, 'src', file), path.join(merged, 'root', file))
      const program = file.replace(/\.c$/, '')
      await run(
        'chroot',
        [
          merged,
          'gcc',
          '-Wall',
          '-Wextra',
          '-Werror',
          '-Os',
          '-s',
          '-static',
          '-o',
          `/root/${program}`,
          `/root/${file}`,
          '-lutil',
        ],
        options,
      )
      cpSync(path.join(merged, 'root', program), path.join(folder, 'compiled', program))
    }
  } finally {
    await run('umount', [merged])
  }
  await removeTree(scratch)
}

/** What differs from build to build or serves building alone. */
async function clean(tree: string): Promise<void> {
  for (const file of [
    'var/log/apt',
    'var/log/dpkg.log',
    'var/log/alternatives.log',
    'var/log/bootstrap.log',
    'var/cache/ldconfig',
    'var/cache/debconf',
  ])
    rmSync(path.join(tree, file), { recursive: true, force: true })
  for (const folder of ['var/lib/apt/lists', 'var/cache/apt', 'var/cache/apt/archives'])
    for (const entry of existsSync(path.join(tree, folder)) ? readdirSync(path.join(tree, folder)) : [])
      if (entry !== 'archives') rmSync(path.join(tree, folder, entry), { recursive: true, force: true })
  for (const backup of [
    'etc/passwd-',
    'etc/group-',
    'etc/shadow-',
    'etc/gshadow-',
    'etc/machine-id',
    'var/lib/dpkg/status-old',
    'var/cache/apt/pkgcache.bin',
  ])
    rmSync(path.join(tree, backup), { force: true })
}

/** Overlay marks a deletion by a character device 0:0; an image layer by an empty file `.wh.<name>`. */
async function whiteouts(upper: string, options: RunOptions): Promise<void> {
  const found = await run('find', [upper, '-type', 'c', '-print0'], {
    ...(options.signal ? { signal: options.signal } : {}),
  })
  for (const file of found.split('\0').filter(Boolean)) {
    if (lstatSync(file).rdev !== 0) continue
    rmSync(file)
    writeFileSync(path.join(path.dirname(file), `.wh.${path.basename(file)}`), '')
  }
}

async function pack(tree: string, archive: string, options: RunOptions): Promise<void> {
  const flags = [
    '--sort=name',
    '--mtime=@1735689600',
    '--numeric-owner',
    '--format=posix',
    '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime',
  ]
  await run('tar', [...flags, '--exclude=./dev/*', '--exclude=./.old', '-cf', archive, '-C', tree, '.'], options)
}

/** The host's own proxy for packages, if it has one. */
async function aptProxy(): Promise<NodeJS.ProcessEnv> {
  const text = await run('apt-config', ['dump', 'Acquire::http::Proxy']).catch(() => '')
  const proxy = /^Acquire::http::Proxy "(.+)";$/m.exec(text)?.[1]
  return proxy ? { http_proxy: proxy } : {}
}

function sha256(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256')
    createReadStream(file)
      .on('data', (chunk) => hash.update(chunk))
      .on('end', () => resolve(hash.digest('hex')))
      .on('error', reject)
  })
}

/** Never across a file system: something may still be mounted below after a crash. */
async function removeTree(folder: string): Promise<void> {
  if (existsSync(folder)) await run('rm', ['-rf', '--one-file-system', folder])
}
