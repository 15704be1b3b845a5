/** The tree of a node's work folder, with the keys of a tree: arrows, Enter, F2, Delete. */
import { useRef, useState } from 'preact/hooks'
import type { TreeNode } from './file-tree.ts'
import { formatSize, readableName } from './file-tree.ts'

export interface TreeActions {
  open: (node: TreeNode) => void
  rename: (node: TreeNode) => void
  remove: (node: TreeNode) => void
}

interface Props {
  nodes: readonly TreeNode[]
  selected: string | null
  onSelect: (path: string) => void
  actions: TreeActions
}

export function TreeView({ nodes, selected, onSelect, actions }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const tree = useRef<HTMLUListElement>(null)
  const rows: { node: TreeNode; level: number }[] = []
  const collect = (list: readonly TreeNode[], level: number) => {
    for (const node of list) {
      rows.push({ node, level })
      if (node.entry.kind === 'folder' && !closed.has(node.entry.path)) collect(node.children, level + 1)
    }
  }
  collect(nodes, 1)
  const at = rows.findIndex(({ node }) => node.entry.path === selected)
  const toggle = (path: string, close = !closed.has(path)) =>
    setClosed(new Set(close ? [...closed, path] : [...closed].filter((other) => other !== path)))
  const act = (node: TreeNode) => (node.entry.kind === 'folder' ? toggle(node.entry.path) : actions.open(node))
  const focus = (index: number) => {
    const row = rows[index]
    if (!row) return
    onSelect(row.node.entry.path)
    tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[index]?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const row = rows[at]
    if (!row) return event.key === 'ArrowDown' ? focus(0) : undefined
    const { entry } = row.node
    const steps: Record<string, () => void> = {
      ArrowDown: () => focus(at + 1),
      ArrowUp: () => focus(at - 1),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      ArrowRight: () => (entry.kind === 'folder' && closed.has(entry.path) ? toggle(entry.path, false) : focus(at + 1)),
      ArrowLeft: () =>
        entry.kind === 'folder' && !closed.has(entry.path)
          ? toggle(entry.path, true)
          : focus(rows.findLastIndex(({ level }, i) => i < at && level < row.level)),
      Enter: () => act(row.node),
      ' ': () => act(row.node),
      F2: () => actions.rename(row.node),
      Delete: () => actions.remove(row.node),
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    step()
  }
  return (
    <ul role="tree" aria-label="Files" ref={tree} onKeyDown={onKey}>
      {rows.map(({ node, level }, i) => {
        const { entry, name } = node
        const open = entry.kind === 'folder' && !closed.has(entry.path)
        return (
          <li
            key={entry.path}
            role="treeitem"
            aria-level={level}
            aria-selected={entry.path === selected}
            {...(entry.kind === 'folder' ? { 'aria-expanded': open } : {})}
            tabIndex={entry.path === selected || (at < 0 && i === 0) ? 0 : -1}
            style={{ paddingInlineStart: `${level * 0.8}rem` }}
            onClick={() => {
              onSelect(entry.path)
              act(node)
            }}
          >
            <span class="sign" aria-hidden="true">
              {entry.kind === 'folder' ? (open ? '▾' : '▸') : entry.kind === 'link' ? '↪' : ''}
            </span>
            <span class="name">{readableName(name)}</span>
            {entry.kind === 'link' && <span class="fine">{` → ${readableName(entry.target ?? '')}`}</span>}
            {entry.kind === 'file' && <span class="size">{formatSize(entry.size)}</span>}
          </li>
        )
      })}
    </ul>
  )
}
