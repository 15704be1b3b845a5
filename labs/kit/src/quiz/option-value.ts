/** Values of options that mean the same, in one spelling. */

/** What a newer docker calls an option, by command: `docker stop --timeout` is the `--time` of the one in our labs. */
export const newerNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docker container stop': { timeout: 'time' },
  'docker container restart': { timeout: 'time' },
}

/** `long`: the option's name; `type`: as docker's help calls it. */
export function canonicalValue(long: string, type: string, value: string): string {
  if (type === 'bytes') return readBytes(value)
  if (/^(u?int\d*|decimal|float)$/.test(type) && /^[\d.]+$/.test(value)) return String(Number(value))
  if (long === 'publish') return value.replace(/\/tcp$/, '')
  if (long === 'volume') return value.replace(/:rw$/, '')
  if (type === 'mount') return readMount(value)
  return value
}

/** Docker's units are powers of 1024, with or without the b at their end. */
function readBytes(value: string): string {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([bkmgt]?)i?b?$/i.exec(value) ?? []
  if (number === undefined) return value
  return String(Number(number) * 1024 ** Math.max(0, 'bkmgt'.indexOf(unit.toLowerCase() || 'b')))
}

const mountKeys: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
}

function readMount(value: string): string {
  return value
    .split(',')
    .map((each) => {
      const [key = '', ...rest] = each.split('=')
      const said = rest.join('=')
      return [mountKeys[key] ?? key, ...(said === '' || said === 'true' ? [] : [said])].join('=')
    })
    .toSorted()
    .join(',')
}
