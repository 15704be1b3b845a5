/** What a newer build replaced: layers no image is made of, golden trees, disk templates and node images that no node uses. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import type { Instance } from '../instance.ts'
import { callEngine } from '../engine/api.ts'
import type { Prepared } from './prepared.ts'

/** A folder or file, or an image of the lab engine. */
export type Unused = { path: string } | { image: string }

/** `layers`: folder names that are still needed. */
export async function findUnused(
  instance: Instance,
  prepared: Prepared,
  layers: ReadonlySet<string>,
): Promise<Unused[]> {
  const answer = await callEngine(instance, 'GET', '/containers/json?all=1')
  if (answer.status !== 200) return []
  const containers = JSON.parse(answer.body) as { Image: string; Mounts: { Source?: string }[] }[]
  const sources = containers.flatMap((each) => each.Mounts.map((mount) => `${mount.Source ?? ''}/`))
  const inFolder = (folder: string, keep: (name: string) => boolean): Unused[] =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => !keep(name))
      .map((name) => ({ path: path.join(folder, name) }))
  const images = JSON.parse((await callEngine(instance, 'GET', '/images/json')).body) as { RepoTags: string[] | null }[]
  const isUsed = (tag: string) =>
    tag === prepared.node_image || tag === prepared.mirror_image || containers.some((each) => each.Image === tag)
  return [
    ...inFolder(path.join(instance.build, 'layers'), (name) => layers.has(name)),
    ...inFolder(
      instance.golden,
      (name) =>
        name === prepared.golden ||
        name === prepared.mirror ||
        sources.some((source) => source.startsWith(`${path.join(instance.shared, name)}/`)),
    ),
    ...inFolder(
      instance.disks,
      (name) => !name.startsWith('template-') || name.startsWith(`template-${prepared.golden}-`),
    ),
    ...images
      .flatMap((image) => image.RepoTags ?? [])
      .filter((tag) => /^drydock\/(node|mirror):/.test(tag) && !isUsed(tag))
      .map((image) => ({ image })),
  ]
}

export async function removeUnused(instance: Instance, unused: readonly Unused[]): Promise<void> {
  for (const each of unused)
    if ('path' in each) await run('rm', ['-rf', '--one-file-system', each.path])
    else await callEngine(instance, 'DELETE', `/images/${each.image}`)
}
