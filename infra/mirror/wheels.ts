/** Python packages of our own, as wheels: stored, not compressed, so that learners can read them; same sources, same bytes. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { zip } from './zip.ts'

const sources = path.join(import.meta.dirname, 'packages/python')
const wheels = [
  { name: 'harbour', version: '1.2.0', summary: 'A very small web framework' },
  { name: 'tides', version: '2.0.0', summary: 'How high the water stands' },
  { name: 'tides', version: '2.1.0', summary: 'How high the water stands' },
]

export interface Wheel {
  name: string
  version: string
  file: string
  content: Buffer
}

export const buildWheels = (): Wheel[] =>
  wheels.map(({ name, version, summary }) => ({
    name,
    version,
    file: `${name}-${version}-py3-none-any.whl`,
    content: zip(wheelFiles(name, version, summary)),
  }))

/** The layout of a wheel: https://packaging.python.org/en/latest/specifications/binary-distribution-format/ */
function wheelFiles(name: string, version: string, summary: string): [name: string, content: string][] {
  const info = `${name}-${version}.dist-info`
  const files: [string, string][] = [
    [`${name}.py`, readFileSync(path.join(sources, `${name}-${version}.py`), 'utf8')],
    [`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nSummary: ${summary}\n`],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: drydock\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ]
  const record = files.map(([file, content]) => {
    const digest = createHash('sha256').update(content).digest('base64url')
    return `${file},sha256=${digest},${Buffer.byteLength(content)}\n`
  })
  return [...files, [`${info}/RECORD`, `${record.join('')}${info}/RECORD,,\n`]]
}
