/** Figures as people read them: sizes in MiB as Docker's own flags count them, and seconds. */

/** 100663296 becomes "96 MiB". */
export function size(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${Number(value.toFixed(value < 10 && unit > 0 ? 1 : 0))} ${units[unit]}`
}

/** 4123 ms becomes "4.1 s". */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
