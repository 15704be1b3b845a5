/** Holds what a lesson promises to be seen against what was seen; pure. */

/**
 * `…` in a promised line stands for anything in that line, a line of nothing but `…` for any number of lines. Blank lines and
 * the width of gaps mean nothing: columns move with what is in them. One id of a container or image is as good as another, and so is the time since something. Undefined when the promise is kept; else the promised line
 * that is missing, or the line that was not promised.
 */
export function compareOutput(promised: readonly string[], seen: readonly string[]): string | undefined {
  const want = promised.map(squeeze).filter(Boolean)
  const got = seen.map(squeeze).filter(Boolean)
  // In `reach` is i: the lines seen so far may be the first i promised ones.
  let reach = step(new Set([0]), want)
  let furthest = Math.max(...reach)
  let surplus: string | undefined
  for (const line of got) {
    const next = new Set<number>()
    for (const at of reach) {
      if (want[at] === '…') next.add(at)
      else if (want[at] !== undefined && agrees(want[at], line)) next.add(at + 1)
    }
    if (reach.has(want.length)) surplus = line
    reach = step(next, want)
    if (reach.size === 0) {
      const due = want[furthest]
      return due === undefined ? `not promised: ${line}` : `promised: ${due}; seen: ${line}`
    }
    furthest = Math.max(furthest, ...reach)
  }
  if (reach.has(want.length)) return undefined
  return furthest < want.length ? `promised, and not seen: ${want[furthest]}` : `not promised: ${surplus}`
}

/** `…` alone may stand for no line at all. */
function step(reach: Set<number>, want: readonly string[]): Set<number> {
  for (const at of reach) if (want[at] === '…') reach.add(at + 1)
  return reach
}

const squeeze = (line: string) => line.trim().replaceAll(/\s+/g, ' ')

const agrees = (promised: string, line: string) =>
  pattern(promised).test(line) || pattern(generalise(promised)).test(generalise(line))

/** What no text can promise is the same for all: ids, how long ago something was, the builder's number of a step, and the name that Docker makes up for a container in a list. */
function generalise(line: string): string {
  return line
    .replaceAll(/\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b/g, '<id>')
    .replaceAll(/\b(?:(?:about |less than )?an? |\d+ )(?:ms|(?:second|minute|hour|day)s?)\b/gi, '<time>')
    .replace(/^#\d+ (?=\S)/, '#<n> ')
    .replace(/^(<id> .* )[a-z]+_[a-z]+$/, '$1<name>')
}

function pattern(line: string): RegExp {
  return new RegExp(
    `^${line
      .split('…')
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
      .join('.*')}$`,
  )
}
