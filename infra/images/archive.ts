/** Puts layers and a configuration together as an archive for `docker load`; layers that images share are the same bytes. */
import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, rmSync, writeFileSync, existsSync, renameSync } from 'node:fs'
import path from 'node:path'
import { run, type RunOptions } from '../process.ts'
import type { ImageDefinition } from './definition.ts'
import type { Layer } from './layers.ts'

/** The image's configuration as JSON; its digest is the image's id. `layers`: lowest first. */
export function imageConfig(definition: ImageDefinition, layers: readonly Layer[]): string {
  const env = [
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ...((definition.config.Env ?? []) as string[]),
  ]
  return JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    created: '2025-01-01T00:00:00Z',
    config: {
      ...definition.config,
      Env: env.filter((line, i) => env.findLastIndex((other) => other.split('=')[0] === line.split('=')[0]) === i),
    },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.digest) },
    history: layers.map((_layer, i) => ({
      created: '2025-01-01T00:00:00Z',
      created_by:
        i === 0 && layers.length > 1
          ? 'Debian base'
          : `${definition.id}: ${definition.packages.join(' ')}`.slice(0, 300),
    })),
  })
}

/** The image archive format of `docker save`, as one file. `layers`: lowest first. */
export async function buildArchive(
  images: readonly { definition: ImageDefinition; layers: readonly Layer[] }[],
  file: string,
  options: RunOptions,
): Promise<void> {
  const folder = `${file}.parts`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const manifest = images.map(({ definition, layers }) => {
    const json = imageConfig(definition, layers)
    const config = `${createHash('sha256').update(json).digest('hex')}.json`
    writeFileSync(path.join(folder, config), json)
    return {
      Config: config,
      RepoTags: definition.tags,
      Layers: layers.map((layer) => {
        const name = `${layer.digest.slice(7)}.tar`
        if (!existsSync(path.join(folder, name))) linkSync(layer.archive, path.join(folder, name))
        return name
      }),
    }
  })
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest))
  await run('tar', ['-cf', `${file}.new`, '-C', folder, '.'], options)
  renameSync(`${file}.new`, file)
  rmSync(folder, { recursive: true })
}
