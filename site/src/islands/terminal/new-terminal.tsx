/** The `+` beside the tabs: one more terminal, on the node that one names when there are several. */
export function NewTerminal({ nodes, onOpen }: { nodes: readonly string[]; onOpen: (node: string) => void }) {
  if (nodes.length <= 1)
    return (
      <button
        type="button"
        class="icon"
        aria-label="New terminal"
        title="New terminal"
        onClick={() => onOpen(nodes[0] ?? 'node1')}
      >
        +
      </button>
    )
  return (
    <span class="new-on-node" role="group" aria-label="New terminal on">
      {nodes.map((node) => (
        <button
          key={node}
          type="button"
          class="icon"
          aria-label={`New terminal on ${node}`}
          onClick={() => onOpen(node)}
        >
          {`+ ${node}`}
        </button>
      ))}
    </span>
  )
}
