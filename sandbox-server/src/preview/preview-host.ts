/** The host names of previews: `<port>-<session>` for the first node, `<port>-<node>-<session>` for the others, below one domain. */

export interface PreviewAddress {
  session: string
  /** `node1`… */
  node: string
  port: number
}

export function toLabel({ session, node, port }: PreviewAddress): string {
  return node === 'node1' ? `${port}-${session}` : `${port}-${node}-${session}`
}

/** `host`: as a browser sends it, with a port or not. `domain`: without port. Null when it is no host below the domain; else what it names, if anything. */
export function parseHost(host: string | undefined, domain: string): { address: PreviewAddress | null } | null {
  const name = host?.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  if (name === undefined || (name !== domain && !name.endsWith(`.${domain}`))) return null
  const label = name.slice(0, -domain.length - 1)
  const match = /^([1-9]\d{0,4})-(?:(node[1-3])-)?([0-9a-f]{16})$/.exec(label)
  const port = Number(match?.[1])
  const session = match?.[3]
  if (!match || session === undefined || port > 65_535) return { address: null }
  return { address: { session, node: match[2] ?? 'node1', port } }
}
