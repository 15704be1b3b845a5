/** The range of ports on which previews are where there are no names for them. Pure. */

export interface PortRange {
  from: number
  to: number
}

/** Each port is a server that listens from the start. */
export const mostPorts = 1000

/** `8100-8199`; null when it is none, or too large a one. */
export function parsePortRange(text: string): PortRange | null {
  const [, from, to] = /^([1-9]\d{0,4})-([1-9]\d{0,4})$/.exec(text.trim())?.map(Number) ?? []
  if (from === undefined || to === undefined || from < 1024 || from > to || to > 65_535) return null
  return to - from < mostPorts ? { from, to } : null
}

export const isWithin = ({ from, to }: PortRange, port: number) => port >= from && port <= to

/** Above 1023, those that browsers call nobody on: https://fetch.spec.whatwg.org/#port-blocking */
const blocked = [
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]
export const findBlocked = (range: PortRange) => blocked.find((port) => isWithin(range, port))
