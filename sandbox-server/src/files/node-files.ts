/** The files of one node's work folder, as the editor needs them. */
import { createHash, randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { maxEntries, maxText, type FileEntry, type FileText, type FileTree } from '../contract/files.ts'
import { Refusal } from '../refusal.ts'
import type { NodeProcess, RuntimeNode } from '../runtime/port.ts'
import { openScript, runScript } from './run-script.ts'

/** Bytes of a listing; a path may have 4 KiB. */
const maxListing = 2 * 1024 * 1024
const uploadTime_ms = 600_000

const kinds: Record<string, FileEntry['kind']> = { d: 'folder', f: 'file', l: 'link' }

export async function listFiles(node: RuntimeNode): Promise<FileTree> {
  // Five fields an entry; one entry more than is told, to know whether there are more.
  const listing = await runScript(node, 'list', [String((maxEntries + 1) * 5)], { max: maxListing })
  const fields = listing.toString('utf8').split('\0')
  const entries: FileEntry[] = []
  for (let i = 0; i + 4 < fields.length; i += 5) {
    const [type = '', size = '', changed = '', path = '', target = ''] = fields.slice(i, i + 5)
    entries.push({
      path,
      kind: kinds[type] ?? 'other',
      size: Number(size) || 0,
      changed_at: Math.round(Number(changed) * 1000) || 0,
      ...(type === 'l' ? { target: target.slice(0, 300) } : {}),
    })
  }
  return { folder: node.folder, entries: entries.slice(0, maxEntries), more: entries.length > maxEntries }
}

export async function readText(node: RuntimeNode, path: string): Promise<FileText> {
  const bytes = await runScript(node, 'read', [path, String(maxText)], { max: maxText })
  let text: string
  try {
    // A byte order mark is part of the text, and stays.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal('FILE_REFUSED', 'This file is not text. Download it instead.', { binary: true })
  }
  if (text.includes('\0'))
    throw new Refusal('FILE_REFUSED', 'This file is not text. Download it instead.', { binary: true })
  return { path, text, version: versionOf(bytes) }
}

/** `version`: see the contract. */
export async function writeText(
  node: RuntimeNode,
  path: string,
  text: string,
  version: string | null | undefined,
): Promise<string> {
  const bytes = Buffer.from(text)
  if (bytes.length > maxText) throw new Refusal('TOO_LARGE', 'This text is too long for the editor.')
  const expected = version === undefined ? 'any' : (version ?? 'new')
  if (!/^(any|new|[0-9a-f]{64})$/.test(expected)) throw new Refusal('FILE_CHANGED')
  await runScript(node, 'write', [path, expected], { input: bytes })
  return versionOf(bytes)
}

export async function upload(node: RuntimeNode, path: string, body: Readable, replace: boolean): Promise<void> {
  await runScript(node, 'write', [path, replace ? 'any' : 'new'], { input: body, timeout_ms: uploadTime_ms })
}

export async function makeFolder(node: RuntimeNode, path: string): Promise<void> {
  await runScript(node, 'folder', [path])
}

export async function moveFile(node: RuntimeNode, from: string, to: string): Promise<void> {
  await runScript(node, 'move', [from, to])
}

/** Answers what brings it back. */
export async function removeFile(node: RuntimeNode, path: string): Promise<string> {
  const undo = randomBytes(8).toString('hex')
  await runScript(node, 'remove', [path, undo])
  return undo
}

export async function restoreFile(node: RuntimeNode, undo: string, to: string): Promise<void> {
  await runScript(node, 'restore', [undo, to])
}

/** The bytes of a file, or of a folder as an archive; whoever opens it closes it. */
export async function openDownload(
  node: RuntimeNode,
  path: string,
): Promise<{ name: string; type: string; running: NodeProcess }> {
  const folder = (await runScript(node, 'kind', [path])).toString('utf8').trim() === 'folder'
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    name: folder ? `${name}.tar.gz` : name,
    type: folder ? 'application/gzip' : 'application/octet-stream',
    running: await openScript(node, 'download', path),
  }
}

const versionOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
