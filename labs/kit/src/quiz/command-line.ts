/** Reads a command line as docker itself would, so that two spellings of one command can be told from two commands. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { parse as splitWords } from 'shell-quote'
import { loadTable, type CommandSpec, type CommandTable } from './command-table.ts'
import { canonicalValue, newerNames } from './option-value.ts'

/** One program with its arguments, in a form in which equal commands are equal. */
export interface ParsedCommand {
  /** `docker container run`, or the first word of any other program. */
  name: string
  /** `--publish=8080:80`, in alphabetical order; of docker's own commands alone. */
  options: readonly string[]
  /** What is no option, in order. */
  words: readonly string[]
}

/** Programs, and what stands between them: `|`, `&&`, `>`. */
export type ParsedLine = { parts: readonly (ParsedCommand | string)[] } | { problem: string }

class Unreadable extends Error {}

type Token = string | { op: string }

export function parseCommandLine(text: string, table = loadTable()): ParsedLine {
  try {
    const parts: (ParsedCommand | string)[] = []
    let words: string[] = []
    const close = () => {
      if (words.length > 0) parts.push(parseCommand(words, table))
      words = []
    }
    for (const token of tokens(text)) {
      if (typeof token === 'string') words.push(token)
      else {
        close()
        parts.push(token.op)
      }
    }
    close()
    return parts.length > 0 ? { parts } : { problem: 'there is no command' }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message }
    throw error
  }
}

/** A prompt that was copied along is left out, variables stay as they are written. */
function tokens(text: string): Token[] {
  const line = text
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[$#] /, '')
  if (!quotesClose(line)) throw new Unreadable('a quotation mark is not closed')
  return split(line).flatMap<Token>((token) => {
    if (typeof token === 'string') return [token]
    if ('comment' in token) return []
    return token.op === 'glob' ? [token.pattern] : [{ op: token.op }]
  })
}

function split(line: string) {
  try {
    return splitWords(line, (name) => `$${name}`)
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message.toLowerCase().replace(/:\s*$/, '') : String(error))
  }
}

function quotesClose(line: string): boolean {
  let open = ''
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (char === '\\' && open !== "'") i++
    else if (open === '' && (char === "'" || char === '"')) open = char
    else if (char === open) open = ''
  }
  return open === ''
}

function parseCommand(words: readonly string[], table: CommandTable): ParsedCommand {
  const [first = '', ...rest] = words[0] === 'sudo' ? words.slice(1) : words
  if (first !== 'docker') return { name: first, options: [], words: rest }
  let name = 'docker'
  let args = rest
  const options: string[] = []
  for (;;) {
    const spec = table.get(name)!
    const read = readOptions(name, spec, args)
    options.push(...read.options)
    if (!hasCommands(table, name)) return { name: spec.name, options: options.toSorted(), words: read.words }
    const next = read.words[0]
    if (next === undefined) return { name: spec.name, options: options.toSorted(), words: [] }
    if (!table.has(`${name} ${next}`)) throw new Unreadable(`\`${name}\` has no command \`${next}\``)
    name = `${name} ${next}`
    args = read.words.slice(1)
  }
}

function hasCommands(table: CommandTable, name: string): boolean {
  for (const each of table.keys()) if (each.startsWith(`${name} `)) return true
  return false
}

function readOptions(called: string, spec: CommandSpec, args: readonly string[]) {
  const config: NonNullable<ParseArgsConfig['options']> = {}
  for (const [long, { short, type }] of spec.options)
    config[long] = { type: type === undefined ? 'boolean' : 'string', ...(short ? { short } : {}) }
  const newer = newerNames[spec.name] ?? {}
  for (const [long, old] of Object.entries(newer)) config[long] = { type: config[old]?.type ?? 'string' }
  const { tokens } = parseArgs({
    args: [...args],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const options: string[] = []
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (spec.stops) return { options, words: args.slice(token.index) }
      words.push(token.value)
    }
    if (token.kind !== 'option') continue
    const long = newer[token.name] ?? token.name
    const known = spec.options.get(long)
    if (!known) throw new Unreadable(`\`${called}\` has no option \`${token.rawName}\``)
    if (known.type === undefined) {
      if (token.value !== 'false') options.push(`--${long}`)
    } else if (token.value === undefined) throw new Unreadable(`\`${token.rawName}\` of \`${called}\` needs a value`)
    else {
      const value = token.rawName.startsWith('--') ? token.value : token.value.replace(/^=/, '')
      options.push(`--${long}=${canonicalValue(long, known.type, value)}`)
    }
  }
  return { options, words }
}
