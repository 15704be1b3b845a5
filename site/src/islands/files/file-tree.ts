/** A flat list of paths as a tree, folders first; and the words for what a name cannot show. Pure. */
import type { FileEntry } from '@drydock/sandbox-server/contract'

export interface TreeNode {
  entry: FileEntry
  name: string
  children: TreeNode[]
}

export function buildTree(entries: readonly FileEntry[]): TreeNode[] {
  const roots: TreeNode[] = []
  const folders = new Map<string, TreeNode>()
  // By depth, so that a folder is there before what is in it.
  const depth = (path: string) => path.split('/').length
  for (const entry of entries.toSorted((a, b) => depth(a.path) - depth(b.path))) {
    const at = entry.path.lastIndexOf('/')
    const node = { entry, name: entry.path.slice(at + 1), children: [] }
    const siblings = at < 0 ? roots : folders.get(entry.path.slice(0, at))?.children
    siblings?.push(node)
    if (entry.kind === 'folder') folders.set(entry.path, node)
  }
  const sort = (nodes: TreeNode[]) => {
    nodes.sort(
      (a, b) => Number(b.entry.kind === 'folder') - Number(a.entry.kind === 'folder') || a.name.localeCompare(b.name),
    )
    for (const node of nodes) sort(node.children)
  }
  sort(roots)
  return roots
}

/** A name that can be read: what a terminal would act on is spelled out. */
export const readableName = (name: string) =>
  name.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)

export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes / 1000
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`
}

/** Why a new name cannot be, as a sentence; null when it can. */
export function refuseName(name: string): string | null {
  if (name.trim() === '') return 'A name has at least one character.'
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//')) return 'Write it as in `folder/file`.'
  if (name.split('/').some((part) => part === '.' || part === '..')) return 'A name is not `.` or `..`.'
  if (name.split('/').some((part) => new TextEncoder().encode(part).length > 255))
    return 'A name has at most 255 bytes.'
  return null
}

/** A word of the shell that means just this path. */
export const shellWord = (path: string) =>
  /^[\w.:@/-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
