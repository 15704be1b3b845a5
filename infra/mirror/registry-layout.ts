/**
 * The preloaded images once more, as a registry keeps them on disk: what a `docker pull` in a lab finds. Blobs are hard links
 * to the layers' archives, so that they cost no disk. The layout is that of distribution's file system driver, version 2:
 * https://distribution.github.io/distribution/spec/ and its `registry/storage/paths.go`.
 */
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { imageConfig } from '../images/archive.ts'
import type { ImageDefinition } from '../images/definition.ts'
import type { Layer } from '../images/layers.ts'

const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

/** `folder`: the registry's root directory. `layers`: lowest first. */
export function writeRegistry(
  images: readonly { definition: ImageDefinition; layers: readonly Layer[] }[],
  folder: string,
): void {
  const root = path.join(folder, 'docker/registry/v2')
  const write = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), content)
  }
  const blob = (digest: string) => `blobs/sha256/${digest.slice(7, 9)}/${digest.slice(7)}/data`

  for (const { definition, layers } of images) {
    const config = imageConfig(definition, layers)
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: sha256(config),
        size: Buffer.byteLength(config),
      },
      layers: layers.map((layer) => ({
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        digest: layer.digest,
        size: statSync(layer.archive).size,
      })),
    })
    write(blob(sha256(config)), config)
    write(blob(sha256(manifest)), manifest)
    for (const layer of layers) {
      const file = path.join(root, blob(layer.digest))
      mkdirSync(path.dirname(file), { recursive: true })
      if (!existsSync(file)) linkSync(layer.archive, file)
    }
    for (const [name = '', tag = ''] of definition.tags.map((each) => each.split(':'))) {
      const repository = `repositories/${name.includes('/') ? name : `library/${name}`}`
      for (const digest of [sha256(config), ...layers.map((layer) => layer.digest)])
        write(`${repository}/_layers/sha256/${digest.slice(7)}/link`, digest)
      const revision = sha256(manifest).slice(7)
      write(`${repository}/_manifests/revisions/sha256/${revision}/link`, sha256(manifest))
      write(`${repository}/_manifests/tags/${tag}/current/link`, sha256(manifest))
      write(`${repository}/_manifests/tags/${tag}/index/sha256/${revision}/link`, sha256(manifest))
    }
  }
}
