/** Makes the wheels in files/wheels from the Python files beside this one: `node build-wheels.ts`. Same sources, same bytes; stored, not compressed, so that they can be read. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'

const here = import.meta.dirname
const wheels = [
  { name: 'harbour', version: '1.2.0', source: 'harbour.py', summary: 'A very small web framework' },
  { name: 'tides', version: '2.0.0', source: 'tides-2.0.0.py', summary: 'How high the water stands' },
  { name: 'tides', version: '2.1.0', source: 'tides-2.1.0.py', summary: 'How high the water stands' },
]

/** The layout of a wheel: https://packaging.python.org/en/latest/specifications/binary-distribution-format/ */
function wheelFiles(wheel: (typeof wheels)[number]): [name: string, content: string][] {
  const info = `${wheel.name}-${wheel.version}.dist-info`
  const files: [string, string][] = [
    [`${wheel.name}.py`, readFileSync(path.join(here, wheel.source), 'utf8')],
    [
      `${info}/METADATA`,
      `Metadata-Version: 2.1\nName: ${wheel.name}\nVersion: ${wheel.version}\nSummary: ${wheel.summary}\n`,
    ],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: drydock\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ]
  const record = files.map(([name, content]) => {
    const digest = createHash('sha256').update(content).digest('base64url')
    return `${name},sha256=${digest},${Buffer.byteLength(content)}\n`
  })
  return [...files, [`${info}/RECORD`, `${record.join('')}${info}/RECORD,,\n`]]
}

/** A zip archive without compression; all times are 1 January 1980, the first that the format knows. */
export function zip(files: [name: string, content: string][]): Buffer {
  const entries: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of files) {
    const data = Buffer.from(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, Buffer.from(name)]))
    entries.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...entries, index, end])
}

export function buildWheels(): Map<string, Buffer> {
  return new Map(wheels.map((w) => [`${w.name}-${w.version}-py3-none-any.whl`, zip(wheelFiles(w))]))
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.join(here, '../files/wheels')
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of buildWheels()) writeFileSync(path.join(folder, name), content)
}
