/** The package indexes of lab networks, as plain files for a web server: Python's simple index below `simple/`, an npm registry below `npm/`. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildTarballs, type Tarball } from './tarballs.ts'
import { buildWheels } from './wheels.ts'

/** How nodes and what runs in them call the server. */
const origin = 'http://packages'

/** Writes both indexes into `folder`, which must not hold them yet. */
export function writeIndexes(folder: string): void {
  for (const [file, content] of new Map([...pythonFiles(), ...npmFiles()])) {
    const target = path.join(folder, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

/** https://packaging.python.org/en/latest/specifications/simple-repository-api/ */
function pythonFiles(): [file: string, content: Buffer | string][] {
  const wheels = buildWheels()
  const names = [...new Set(wheels.map((wheel) => wheel.name))]
  const page = (links: string[]) => `<!doctype html>\n${links.join('\n')}\n`
  return [
    ['simple/index.html', page(names.map((name) => `<a href="${name}/">${name}</a>`))],
    ...names.map((name): [string, string] => {
      const mine = wheels.filter((wheel) => wheel.name === name)
      const links = mine.map((wheel) => `<a href="${wheel.file}#sha256=${digest(wheel.content)}">${wheel.file}</a>`)
      return [`simple/${name}/index.html`, page(links)]
    }),
    ...wheels.map((wheel): [string, Buffer] => [`simple/${wheel.name}/${wheel.file}`, wheel.content]),
  ]
}

/** What the npm client asks a registry for: one document a package, one tarball a version. */
function npmFiles(): [file: string, content: Buffer | string][] {
  const tarballs = buildTarballs()
  const file = ({ manifest }: Tarball) => `npm/${manifest.name}/-/${manifest.name}-${manifest.version}.tgz`
  const names = [...new Set(tarballs.map((tarball) => tarball.manifest.name))]
  return [
    ...names.map((name): [string, string] => {
      const mine = tarballs.filter((tarball) => tarball.manifest.name === name)
      const versions = mine.map((tarball) => {
        const integrity = `sha512-${createHash('sha512').update(tarball.content).digest('base64')}`
        const dist = { tarball: `${origin}/${file(tarball)}`, integrity }
        return [tarball.manifest.version, { ...tarball.manifest, _id: `${name}@${tarball.manifest.version}`, dist }]
      })
      const latest = mine.at(-1)?.manifest.version
      const document = { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) as object }
      return [`npm/${name}/index.json`, JSON.stringify(document)]
    }),
    ...tarballs.map((tarball): [string, Buffer] => [file(tarball), tarball.content]),
  ]
}

const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex')
