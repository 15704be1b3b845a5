/** Says whether two command lines do the same, and if not, where they part. */
import { parseCommandLine, type ParsedCommand } from './command-line.ts'

export interface Comparison {
  same: boolean
  /** Sentences for whoever typed it; empty when it is the same. */
  differences: readonly string[]
}

export function compareCommands(wanted: string, typed: string): Comparison {
  const right = parseCommandLine(wanted)
  const said = parseCommandLine(typed)
  // A mistake that docker would refuse can still be told when it is typed word by word.
  if ('problem' in right) return { same: squeeze(wanted) === squeeze(typed), differences: [] }
  if ('problem' in said) return differ(`This cannot be read as a command: ${said.problem}.`)
  if (right.parts.length !== said.parts.length)
    return differ(
      `${said.parts.length > right.parts.length ? 'More' : 'Less'} is typed here than the one command line that is asked for.`,
    )
  const differences = right.parts.flatMap((part, i) => comparePart(part, said.parts[i]!))
  return { same: differences.length === 0, differences }
}

const differ = (sentence: string): Comparison => ({ same: false, differences: [sentence] })

function comparePart(wanted: ParsedCommand | string, typed: ParsedCommand | string): string[] {
  if (typeof wanted === 'string' || typeof typed === 'string')
    return wanted === typed ? [] : ['The parts are joined in another way.']
  if (wanted.name !== typed.name) return [`\`${typed.name}\` is another command than the one that does this.`]
  const missing = without(wanted.options, typed.options)
  const surplus = without(typed.options, wanted.options)
  return [
    ...(missing.length > 0 ? [`Missing: ${code(missing)}.`] : []),
    ...(surplus.length > 0 ? [`Not asked for: ${code(surplus)}.`] : []),
    ...(same(wanted.words, typed.words) ? [] : [compareWords(wanted.words, typed.words)]),
  ]
}

function compareWords(wanted: readonly string[], typed: readonly string[]): string {
  if (same(wanted.toSorted(), typed.toSorted()))
    return 'The arguments stand in another order, and here their order counts.'
  return `After the options, \`${wanted.join(' ')}\` is wanted, and \`${typed.join(' ') || 'nothing'}\` is there.`
}

/** Each of `all` that is not in `taken`, as often as it is there too often. */
function without(all: readonly string[], taken: readonly string[]): string[] {
  const left = [...taken]
  return all.filter((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, i) => each === b[i])
const code = (words: readonly string[]) => words.map((each) => `\`${each}\``).join(' ')
const squeeze = (text: string) => text.trim().replaceAll(/\s+/g, ' ')
