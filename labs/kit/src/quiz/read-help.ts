/** Turns what `docker … --help` prints into a line of the table of commands. */

export interface Help {
  /** The first is the one to compare by. */
  names: readonly string[]
  /** As the table has them. */
  options: readonly string[]
  stops: boolean
  /** Names of what can follow. */
  commands: readonly string[]
}

/** `called`: the command as it was asked, for example `docker ps`. */
export function readHelp(called: string, help: string): Help {
  const usage = /^Usage:\s+(.*)$/m.exec(help)?.[1] ?? ''
  const aliases = /^Aliases:\n((?: +.*\n?)+)/m.exec(help)?.[1] ?? ''
  const own = usage.replace(/ (\[OPTIONS\]|[A-Z[].*)$/, '').trim()
  const listed = aliases
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter((each) => each.startsWith('docker'))
  const options = [...help.matchAll(/^ {2}(?:-(\w), | {4})--([\w-]+)(?: ([A-Za-z]\S*))?(?: {2,}|$)/gm)]
  return {
    names: [...new Set([...listed, own, called])].filter(Boolean),
    options: options.map(
      ([, short, long, type]) => `${short ? `-${short},` : ''}--${long}${type === undefined ? '' : `=${type}`}`,
    ),
    stops: /\[COMMAND\]|COMMAND \[ARG|\[ps OPTIONS\]/.test(usage) || /^Commands:|^Management Commands:/m.test(help),
    commands: [...help.matchAll(/^(?:\w+ )?Commands:\n((?: {2}\S.*\n?)+)/gm)].flatMap(([, block = '']) =>
      [...block.matchAll(/^ {2}([a-z-]+)\*? /gm)].map(([, name]) => name!),
    ),
  }
}

/** Several calls of one command become one line. */
export function formatTable(helps: readonly Help[]): string {
  const byName = new Map<string, { help: Help; names: Set<string> }>()
  for (const help of helps) {
    const name = help.names[0]!
    const known = byName.get(name) ?? { help, names: new Set<string>() }
    for (const each of help.names) known.names.add(each)
    byName.set(name, known)
  }
  const lines = [...byName.values()].map(
    ({ help, names }) => `${[...names].join(', ')}:${help.stops ? ' ...' : ''} ${help.options.join(' ')}`,
  )
  return `${lines
    .map((line) => line.trimEnd())
    .toSorted()
    .join('\n')}\n`
}
