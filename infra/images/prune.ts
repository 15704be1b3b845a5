/** Removes what a newer build replaced: layers no image is made of, golden trees and node images that no node uses. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { run } from '../process.ts'
import type { Instance } from '../instance.ts'
import { callEngine } from '../engine/api.ts'
import type { Prepared } from './prepared.ts'

/** `layers`: folder names that are still needed. */
export async function pruneImages(instance: Instance, prepared: Prepared, layers: ReadonlySet<string>): Promise<void> {
  const answer = await callEngine(instance, 'GET', '/containers/json?all=1')
  if (answer.status !== 200) return
  const containers = JSON.parse(answer.body) as { Image: string; Mounts: { Source?: string }[] }[]
  const sources = containers.flatMap((each) => each.Mounts.map((mount) => mount.Source ?? ''))
  const remove = (folder: string, keep: (name: string) => boolean) =>
    Promise.all(
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => !keep(name))
        .map((name) => run('rm', ['-rf', '--one-file-system', path.join(folder, name)])),
    )
  await remove(path.join(instance.build, 'layers'), (name) => layers.has(name))
  await remove(
    instance.golden,
    (name) =>
      name === prepared.golden ||
      name === prepared.mirror ||
      sources.some((source) => `${source}/`.startsWith(`${path.join(instance.shared, name)}/`)),
  )
  await remove(
    instance.disks,
    (name) => !name.startsWith('template-') || name.startsWith(`template-${prepared.golden}-`),
  )
  const images = JSON.parse((await callEngine(instance, 'GET', '/images/json')).body) as { RepoTags: string[] | null }[]
  for (const tag of images.flatMap((image) => image.RepoTags ?? []))
    if (
      /^drydock\/(node|mirror):/.test(tag) &&
      tag !== prepared.node_image &&
      tag !== prepared.mirror_image &&
      !containers.some((each) => each.Image === tag)
    )
      await callEngine(instance, 'DELETE', `/images/${tag}`)
}
