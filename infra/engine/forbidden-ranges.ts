/** Which addresses nobody in a lab may reach, even in one with a way out: whatever is not the public internet, this machine, and its neighbours. */
import { run } from '../process.ts'

/** https://www.iana.org/assignments/iana-ipv4-special-registry: private, link-local (with the metadata of most clouds), loopback, shared, multicast, reserved. */
const special = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
  // Looks public: where Azure tells its machines their secrets.
  '168.63.129.16/32',
]

const range = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?$/

/** The range as its first address and length (`192.0.2.7/24` is `192.0.2.0/24`), or null when it is none. */
export function parseRange(text: string): string | null {
  const [, address = '', bits = '32'] = range.exec(text.trim()) ?? []
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => part > 255) || Number(bits) > 32) return null
  const number = parts.reduce((sum, part) => sum * 256 + part, 0)
  const first = number - (number % 2 ** (32 - Number(bits)))
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${Number(bits)}`
}

/** `own`: what the operator forbids besides. `enter`: a program and arguments that lead to the network that counts as this machine's. */
export async function forbiddenRanges(own: readonly string[], enter: readonly string[] = []): Promise<string[]> {
  const [program = 'ip', ...args] = [...enter, 'ip', '-4', '-json', 'address']
  const links = JSON.parse(await run(program, args)) as { addr_info?: { local?: string; prefixlen?: number }[] }[]
  const neighbours = links.flatMap((link) => link.addr_info ?? []).map((each) => `${each.local}/${each.prefixlen}`)
  return [...new Set([...special, ...own, ...neighbours].map(parseRange).filter((each) => each !== null))]
}
