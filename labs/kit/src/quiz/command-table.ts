/** Which options the docker command knows, as its own help says: the table beside this file, one command a line. */
import { readFileSync } from 'node:fs'

export interface CommandSpec {
  /** The name that its own help gives first, for example `docker container ls` for `docker ps`. */
  name: string
  options: ReadonlyMap<string, OptionSpec>
  /** By one letter, the long name. */
  shorts: ReadonlyMap<string, string>
  /** Options end at the first argument: what follows belongs to the program in the container. */
  stops: boolean
}

export interface OptionSpec {
  short: string | undefined
  /** As the help calls it, for example `bytes`; undefined for a switch. */
  type: string | undefined
}

/** By every name under which it can be called. */
export type CommandTable = ReadonlyMap<string, CommandSpec>

/** A line: `<name>[, <name>…]: [...] [-s,]--long[=type] …`, where `...` says that options end at the first argument. */
export function parseTable(text: string): CommandTable {
  const table = new Map<string, CommandSpec>()
  for (const line of text.split('\n').filter(Boolean)) {
    const [names = '', rest = ''] = line.split(':')
    const called = names.split(', ')
    const options = new Map<string, OptionSpec>()
    const shorts = new Map<string, string>()
    for (const word of rest.split(' ').filter((each) => each.includes('--'))) {
      const [, short, long, type] = /^(?:-(\w),)?--([\w-]+)(?:=(.+))?$/.exec(word) ?? []
      if (long === undefined) throw new Error(`the table of commands has '${word}', which is no option`)
      options.set(long, { short, type })
      if (short !== undefined) shorts.set(short, long)
    }
    const spec = { name: called[0] ?? '', options, shorts, stops: rest.includes(' ...') }
    for (const name of called) table.set(name, spec)
  }
  return table
}

let loaded: CommandTable | undefined

export function loadTable(): CommandTable {
  loaded ??= parseTable(readFileSync(new URL('./docker-commands.txt', import.meta.url), 'utf8'))
  return loaded
}
