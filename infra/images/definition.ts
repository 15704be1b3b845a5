/** What an `image.json` may say: one folder an image, built from Debian packages on top of another image. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { StepError } from '../cli/step.ts'

export const releases = ['bookworm', 'trixie'] as const
export type Release = (typeof releases)[number]

export interface ImageDefinition {
  /** The folder's name. */
  id: string
  folder: string
  /** `name:tag`, the first being the one shown; empty for parts that only others build on. */
  tags: string[]
  /** Id of the image below, or null for a root file system of its own. */
  from: string | null
  /** Debian's release: said by an image with a root file system of its own, and handed on to what builds on it. */
  release: Release
  /** Debian packages, installed without recommendations. */
  packages: string[]
  /** Programs from the npm registry, put into /usr/local: `name@version` and what the registry promises about its bytes. */
  npm: Record<string, string>
  /** Id of the image whose gcc compiles `src/*.c`; needed where there is a `src`. */
  compiler: string | null
  /** The image is only what `customize.sh` puts into `/scratch`, without the image below. */
  scratch: boolean
  /** Where it is used: inside every node, as the node itself, or as what a session's nodes may reach besides each other. */
  use: 'preloaded' | 'node' | 'mirror'
  /** Docker's image configuration (Env, Cmd, Entrypoint, ExposedPorts, …). */
  config: Record<string, unknown>
}

/** All image folders, each after those that it builds on or with. */
export function loadDefinitions(imagesFolder: string): ImageDefinition[] {
  const found = new Map<string, Partial<ImageDefinition>>()
  for (const entry of readdirSync(imagesFolder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const file = path.join(imagesFolder, entry.name, 'image.json')
    found.set(entry.name, JSON.parse(readFileSync(file, 'utf8')) as Partial<ImageDefinition>)
  }
  const ordered = new Map<string, ImageDefinition>()
  const visit = (id: string, above: string[]): ImageDefinition => {
    const there = ordered.get(id)
    if (there) return there
    const json = found.get(id)
    if (!json || above.includes(id))
      throw new StepError(
        `The image '${above.at(-1) ?? id}' builds on '${id}', which ${json ? 'builds on it in turn' : 'does not exist'}.`,
      )
    const below = json.from ? visit(json.from, [...above, id]) : null
    if (json.compiler) visit(json.compiler, [...above, id])
    const definition: ImageDefinition = {
      id,
      folder: path.join(imagesFolder, id),
      tags: json.tags ?? [],
      from: json.from ?? null,
      release: releaseOf(id, json.release, below),
      packages: json.packages ?? [],
      npm: json.npm ?? {},
      compiler: json.compiler ?? null,
      scratch: json.scratch ?? false,
      use: json.use ?? 'preloaded',
      config: json.config ?? {},
    }
    ordered.set(id, definition)
    return definition
  }
  for (const id of [...found.keys()].sort()) visit(id, [])
  return [...ordered.values()]
}

function releaseOf(id: string, said: string | undefined, below: ImageDefinition | null): Release {
  if (below && said !== undefined && said !== below.release)
    throw new StepError(
      `The image '${id}' says release '${said}' and builds on '${below.id}', which is ${below.release}.`,
    )
  const release = releases.find((each) => each === (said ?? below?.release))
  if (!release)
    throw new StepError(
      `The image '${id}' builds on no other and says ${said === undefined ? 'no release' : `release '${said}'`}: in its image.json, "release" must be one of ${releases.join(', ')}.`,
    )
  return release
}
