/** npm packages of our own, as the tarballs that `npm install` fetches; same sources, same bytes, so that a lock file's integrity holds everywhere. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const sources = path.join(import.meta.dirname, 'packages/npm')

export interface Tarball {
  /** The package's own package.json. */
  manifest: { name: string; version: string; [field: string]: unknown }
  content: Buffer
}

export function buildTarballs(): Tarball[] {
  return readdirSync(sources)
    .toSorted()
    .map((folder) => {
      const files = readdirSync(path.join(sources, folder)).toSorted()
      const read = (file: string) => readFileSync(path.join(sources, folder, file))
      return {
        manifest: JSON.parse(read('package.json').toString('utf8')) as Tarball['manifest'],
        // Stored, not compressed: compressed bytes would differ between versions of zlib.
        content: gzipSync(tar(files.map((file) => [`package/${file}`, read(file)])), { level: 0 }),
      }
    })
}

/** The `ustar` format of POSIX.1-1988, plain files of at most 8 GiB with names of at most 100 bytes. */
function tar(files: [name: string, content: Buffer][]): Buffer {
  const blocks = files.flatMap(([name, content]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    const octal = (value: number, at: number, digits: number) =>
      header.write(`${value.toString(8).padStart(digits, '0')}\0`, at)
    octal(0o644, 100, 7)
    octal(0, 108, 7)
    octal(0, 116, 7)
    octal(content.length, 124, 11)
    // npm's own tarballs carry this moment too: 26 October 1985.
    octal(499_162_500, 136, 11)
    header.write('        ', 148)
    header.write('0', 156)
    header.write('ustar\x0000', 257, 'latin1')
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
