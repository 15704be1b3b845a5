/** Packs a folder of this host as a ustar archive that is the same for the same content: a lab's start files on their way into a node. */
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'

const block = 512

/** Packs regular files, folders and symbolic links; owner root, time 0. Rejects for anything else and for names that ustar cannot hold. */
export async function packFiles(folder: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const file = path.join(folder, name)
    const stat = await lstat(file)
    const mode = stat.mode & 0o111 ? 0o755 : 0o644
    if (stat.isDirectory()) parts.push(header({ name: `${name}/`, mode: 0o755, size: 0, type: '5' }))
    else if (stat.isSymbolicLink())
      parts.push(header({ name, mode: 0o777, size: 0, type: '2', link: await readlink(file) }))
    else if (stat.isFile()) {
      const content = await readFile(file)
      parts.push(header({ name, mode, size: content.length, type: '0' }), content)
      parts.push(Buffer.alloc((block - (content.length % block)) % block))
    } else throw new Error(`${file} is neither a file, a folder nor a symbolic link`)
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

function header(entry: { name: string; mode: number; size: number; type: '0' | '2' | '5'; link?: string }): Buffer {
  const { name, prefix } = splitName(entry.name)
  if (Buffer.byteLength(entry.link ?? '') > 100) throw new Error(`${entry.name}: the target of the link is too long`)
  const out = Buffer.alloc(block)
  const octal = (value: number, at: number, length: number) =>
    out.write(value.toString(8).padStart(length - 1, '0'), at)
  out.write(name, 0)
  octal(entry.mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(entry.size, 124, 12)
  octal(0, 136, 12)
  out.fill(' ', 148, 156)
  out.write(entry.type, 156)
  out.write(entry.link ?? '', 157)
  out.write('ustar\0' + '00', 257)
  out.write('root', 265)
  out.write('root', 297)
  out.write(prefix, 345)
  const sum = out.reduce((total, byte) => total + byte, 0)
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return out
}

/** ustar has 100 bytes for the name and 155 for the folders before it. */
function splitName(full: string): { name: string; prefix: string } {
  if (Buffer.byteLength(full) <= 100) return { name: full, prefix: '' }
  for (let cut = full.indexOf('/'); cut > 0 && cut < full.length - 1; cut = full.indexOf('/', cut + 1)) {
    const [prefix, name] = [full.slice(0, cut), full.slice(cut + 1)]
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix }
  }
  throw new Error(`${full}: the path is too long for a tar archive`)
}
