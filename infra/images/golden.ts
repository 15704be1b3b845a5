/**
 * The golden tree: all preloaded images once, read-only, shared by every node. A node gets a skeleton of two megabytes whose
 * layers are links into the tree, so that a new engine with all images takes no time and no disk.
 */
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  cpSync,
  chmodSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { run, type RunOptions } from '../process.ts'
import type { Instance } from '../instance.ts'
import { callEngine, requireEngine } from '../engine/api.ts'
import { nodeSecurity } from '../engine/node-security.ts'

const smallFiles = ['link', 'lower']

/**
 * An empty layer below those that have none below them, known to the storage driver alone. Without it the driver would hand out
 * their `diff` as it is, a link, and whoever compares a new layer with it does not follow that: a build's first layer on
 * such an image would hold all of the image again.
 */
const bottom = { id: '0'.repeat(64), link: 'DRYDOCKSEMPTYBOTTOMLAYERAA' }
/** Part of the tree's name; raised when what is made here changes for the same images. */
export const goldenVersion = '3'

/** Loads the archive with the engine of the node image itself, so that what nodes find is in their own version's form. */
export async function buildGolden(
  instance: Instance,
  options: RunOptions & { nodeImage: string; archive: string; version: string; uid: number; apparmor: string | null },
): Promise<void> {
  const folder = path.join(instance.golden, options.version)
  const fresh = `${folder}.new`
  await run('rm', ['-rf', '--one-file-system', fresh])
  mkdirSync(fresh, { mode: 0o755 })
  await run('chown', [`${options.uid}:${options.uid}`, fresh])
  const name = `golden-${options.version}`
  try {
    await load(instance, name, fresh, options)
    await skeleton(fresh, options)
  } catch (error) {
    await run('rm', ['-rf', '--one-file-system', fresh])
    throw error
  }
  // Layers have other names each time: disks made for a tree of this name before would lead to none of these.
  for (const template of globSync(path.join(instance.disks, `template-${options.version}-*`))) rmSync(template)
  await run('rm', ['-rf', '--one-file-system', folder])
  renameSync(fresh, folder)
}

async function load(
  instance: Instance,
  name: string,
  fresh: string,
  options: RunOptions & { nodeImage: string; archive: string; apparmor: string | null },
): Promise<void> {
  const security = nodeSecurity(path.join(instance.root, 'infra/engine'), options.apparmor)
  const signal = options.signal ? { signal: options.signal } : {}
  await callEngine(instance, 'DELETE', `/containers/${name}?force=1`)
  const script = `
    dockerd --data-root /golden --storage-driver overlay2 --bridge none --iptables=false --ip6tables=false >/run/log 2>&1 &
    engine=$!
    until curl -fs --unix-socket /run/docker.sock http://engine/_ping >/dev/null; do
      kill -0 $engine || { tail -n 5 /run/log; exit 1; }
      sleep 0.1
    done
    docker load -i /images.tar || exit 1
    kill $engine
    wait $engine || true`
  try {
    await requireEngine(instance, 'POST', `/containers/create?name=${name}`, {
      json: {
        Image: options.nodeImage,
        Entrypoint: ['/usr/bin/tini', '--', 'sh', '-c', script],
        HostConfig: {
          ...security,
          NetworkMode: 'none',
          Tmpfs: { '/run': 'exec,size=256m', '/tmp': 'size=256m' },
          Binds: [`${fresh}:/golden`, `${options.archive}:/images.tar:ro`],
        },
      },
      ...signal,
    })
    await requireEngine(instance, 'POST', `/containers/${name}/start`, signal)
    const ended = JSON.parse(await requireEngine(instance, 'POST', `/containers/${name}/wait`, signal)) as {
      StatusCode: number
    }
    if (ended.StatusCode !== 0) {
      const logs = await callEngine(instance, 'GET', `/containers/${name}/logs?stdout=1&stderr=1&tail=20`)
      throw new Error(
        `Loading the images ended with ${ended.StatusCode}: ${logs.body.replace(/[^\x20-\x7e\n]/g, '').slice(-1500)}`,
      )
    }
  } finally {
    await callEngine(instance, 'DELETE', `/containers/${name}?force=1&v=1`)
  }
}

/** Leaves the layers, and packs everything else that an engine needs to know of the images into `skeleton.tar`. */
async function skeleton(tree: string, options: RunOptions): Promise<void> {
  for (const entry of readdirSync(tree))
    if (entry !== 'overlay2' && entry !== 'image') await run('rm', ['-rf', path.join(tree, entry)])
  const parts = path.join(tree, '.skeleton')
  mkdirSync(path.join(parts, 'overlay2'), { recursive: true })
  renameSync(path.join(tree, 'image'), path.join(parts, 'image'))
  await run('cp', ['-a', path.join(tree, 'overlay2/l'), path.join(parts, 'overlay2/l')], options)
  for (const id of readdirSync(path.join(tree, 'overlay2'))) {
    const layer = path.join(tree, 'overlay2', id)
    if (id === 'l' || !lstatSync(layer).isDirectory()) continue
    const copy = path.join(parts, 'overlay2', id)
    mkdirSync(copy)
    for (const file of smallFiles)
      if (existsSync(path.join(layer, file))) cpSync(path.join(layer, file), path.join(copy, file))
    if (!existsSync(path.join(layer, 'lower'))) writeFileSync(path.join(copy, 'lower'), `l/${bottom.link}`)
    // An engine notes so what has a layer above it and is not written to any more. Of what lies in the tree that holds for all;
    // without it, the topmost layer of an image would be mounted to be written to, which fails.
    writeFileSync(path.join(copy, 'committed'), '')
    if (existsSync(path.join(layer, 'work'))) mkdirSync(path.join(copy, 'work'), { mode: 0o700 })
    symlinkSync(`/golden/overlay2/${id}/diff`, path.join(copy, 'diff'))
    chmodSync(copy, 0o710)
  }
  const lowest = path.join(parts, 'overlay2', bottom.id)
  mkdirSync(path.join(lowest, 'diff'), { recursive: true, mode: 0o755 })
  writeFileSync(path.join(lowest, 'link'), bottom.link)
  symlinkSync(`../${bottom.id}/diff`, path.join(parts, 'overlay2/l', bottom.link))
  chmodSync(lowest, 0o710)
  chmodSync(path.join(parts, 'overlay2'), 0o710)
  // Owned by 0: who unpacks it gives it the ids of its own user namespace.
  await run(
    'tar',
    [
      '--numeric-owner',
      '--owner=0',
      '--group=0',
      '-cf',
      path.join(tree, 'skeleton.tar'),
      '-C',
      parts,
      'image',
      'overlay2',
    ],
    options,
  )
  rmSync(parts, { recursive: true })
  if (statSync(path.join(tree, 'skeleton.tar')).size > 8 * 1024 * 1024)
    options.log?.('The skeleton is larger than 8 MiB.\n')
}
