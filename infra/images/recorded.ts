/** The exact versions of all Debian packages that images are made of: recorded in the repository, asked for by the next build, compared with what it got. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Instance } from '../instance.ts'
import { releases, type Release } from './definition.ts'

/** By package. */
export type Versions = Record<string, string>

export interface Recorded {
  /** The day on which `npm run images -- --update` was last run; another day makes all images anew. */
  edition?: string
  releases: Partial<Record<Release, Versions>>
}

export interface Difference {
  package: string
  recorded: string
  used: string
}

const recordedFile = (root: string) => path.join(root, 'infra/images/versions.json')
/** What the images of this instance are really made of. */
const usedFile = (instance: Instance) => path.join(instance.build, 'versions.json')

const load = (file: string): Recorded =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : { releases: {} }
const save = (file: string, recorded: Recorded) => writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`)

export const loadRecorded = (root: string): Recorded => load(recordedFile(root))
export const saveRecorded = (root: string, recorded: Recorded): void => save(recordedFile(root), recorded)
export const loadUsed = (instance: Instance): Recorded => load(usedFile(instance))

/** Apt's preferences. A version that the mirror no longer has matches nothing, and apt takes the one that is there. */
export function pinsFor(recorded: Recorded, release: Release): string {
  return Object.entries(recorded.releases[release] ?? {})
    .map(([name, version]) => `Package: ${name}\nPin: version ${version}\nPin-Priority: 1001\n`)
    .join('\n')
}

/** Installed packages by the database that dpkg keeps in a file tree; none when the tree has no such database. */
export function readVersions(tree: string): Versions {
  const file = path.join(tree, 'var/lib/dpkg/status')
  const paragraphs = existsSync(file) ? readFileSync(file, 'utf8').split('\n\n') : []
  return Object.fromEntries(
    paragraphs.flatMap((text) => {
      const of = (field: string) => new RegExp(`^${field}: (.*)$`, 'm').exec(text)?.[1]
      const [name, version] = [of('Package'), of('Version')]
      return name && version && of('Status')?.endsWith(' installed') ? [[name, version]] : []
    }),
  )
}

/** Notes what was used. `trees`: of all layers, with their release. */
export function saveUsed(instance: Instance, trees: readonly { release: Release; tree: string }[]): void {
  const used: Recorded = { releases: {} }
  for (const release of releases) {
    const all = trees.filter((each) => each.release === release).map((each) => readVersions(each.tree))
    const versions = Object.entries(Object.assign({}, ...all) as Versions)
    used.releases[release] = Object.fromEntries(versions.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  save(usedFile(instance), used)
}

export function compareVersions(recorded: Recorded, used: Recorded): Difference[] {
  return releases.flatMap((release) =>
    Object.entries(used.releases[release] ?? {}).flatMap(([name, version]) => {
      const wanted = recorded.releases[release]?.[name]
      return wanted === undefined || wanted === version ? [] : [{ package: name, recorded: wanted, used: version }]
    }),
  )
}

/** In a few words, empty when all is as recorded. */
export function describeDifferences(differences: readonly Difference[]): string {
  if (differences.length === 0) return ''
  const few = differences.slice(0, 3).map((each) => `${each.package} ${each.used} for ${each.recorded}`)
  const more = differences.length > few.length ? `, and ${differences.length - few.length} more` : ''
  return `other than recorded, as the mirror no longer has those: ${few.join(', ')}${more}`
}
