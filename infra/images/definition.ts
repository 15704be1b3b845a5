/** What an `image.json` may say: one folder an image, built from Debian packages on top of another image. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { StepError } from '../cli/step.ts'

export interface ImageDefinition {
  /** The folder's name. */
  id: string
  folder: string
  /** `name:tag`, the first being the one shown; empty for parts that only others build on. */
  tags: string[]
  /** Id of the image below, or null for a root file system of its own. */
  from: string | null
  /** Debian packages, installed without recommendations. */
  packages: string[]
  /** The image is only what `customize.sh` puts into `/scratch`, without the image below. */
  scratch: boolean
  /** Where it is used: inside every node, as the node itself, or as what a session's nodes may reach besides each other. */
  use: 'preloaded' | 'node' | 'mirror'
  /** Docker's image configuration (Env, Cmd, Entrypoint, ExposedPorts, …). */
  config: Record<string, unknown>
}

/** Debian's release that all images are built from. */
export const suite = 'trixie'

/** All image folders, each after the one it builds on. */
export function loadDefinitions(imagesFolder: string): ImageDefinition[] {
  const found = new Map<string, ImageDefinition>()
  for (const entry of readdirSync(imagesFolder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const folder = path.join(imagesFolder, entry.name)
    const json = JSON.parse(readFileSync(path.join(folder, 'image.json'), 'utf8')) as Partial<ImageDefinition>
    found.set(entry.name, {
      id: entry.name,
      folder,
      tags: json.tags ?? [],
      from: json.from ?? null,
      packages: json.packages ?? [],
      scratch: json.scratch ?? false,
      use: json.use ?? 'preloaded',
      config: json.config ?? {},
    })
  }
  const ordered: ImageDefinition[] = []
  const visit = (id: string, path: string[]) => {
    const definition = found.get(id)
    if (!definition || path.includes(id))
      throw new StepError(
        `The image '${path.at(-1) ?? id}' builds on '${id}', which ${definition ? 'builds on it in turn' : 'does not exist'}.`,
      )
    if (ordered.includes(definition)) return
    if (definition.from) visit(definition.from, [...path, id])
    ordered.push(definition)
  }
  for (const id of [...found.keys()].sort()) visit(id, [])
  return ordered
}
