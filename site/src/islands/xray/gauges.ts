/** What a container uses of its limits, in words and as a share. Pure. */
import type { XrayContainer, XrayInside } from '@drydock/sandbox-server/contract'

export interface Gauge {
  what: string
  text: string
  /** Of its limit, from 0 to 1; null where there is none. */
  share: number | null
}

type Use = NonNullable<XrayInside['use']>

export const inMiB = (bytes: number) => `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`

/** `before`: an earlier look, without which nobody can say how much CPU it takes now. */
export function readGauges({ limits }: Pick<XrayContainer, 'limits'>, use: Use, before: Use | null): Gauge[] {
  const share = (value: number, limit: number | null) =>
    limit === null ? null : Math.min(1, Math.max(0, value / limit))
  const of = (limit: string | null) => (limit === null ? ', no limit' : ` of ${limit}`)
  const gauges: Gauge[] = [
    {
      what: 'Memory',
      text: `${inMiB(use.memory)}${of(limits.memory === null ? null : inMiB(limits.memory))}`,
      share: share(use.memory, limits.memory),
    },
  ]
  if (before && use.at > before.at && use.cpu_ns >= before.cpu_ns) {
    const cpus = (use.cpu_ns - before.cpu_ns) / 1e6 / (use.at - before.at)
    const held = use.held_back - before.held_back
    const periods = use.periods - before.periods
    gauges.push({
      what: 'CPU',
      text: `${cpus.toFixed(2)}${of(limits.cpus === null ? null : `${limits.cpus.toFixed(2)} CPUs`)}${held > 0 ? `, held back in ${held} of ${periods} periods` : ''}`,
      share: share(cpus, limits.cpus),
    })
  }
  gauges.push({
    what: 'Processes',
    text: `${use.pids}${of(limits.pids === null ? null : String(limits.pids))}`,
    share: share(use.pids, limits.pids),
  })
  return gauges
}
